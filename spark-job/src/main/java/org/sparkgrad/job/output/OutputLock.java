package org.sparkgrad.job.output;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.sparkgrad.job.files.LockOwner;
import org.sparkgrad.job.files.RunLock;
import org.sparkgrad.job.files.StoredFiles;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.JobException;

/** The lock of a folder, so that only one run writes to the folder. */
final class OutputLock {
    /** The name of the lock's folder; Spark ignores such names. */
    static final String NAME = "_lock";

    private static final Duration EXPIRY = Duration.ofMinutes(1);

    private OutputLock() {}

    /**
     * Takes the lock of a folder.
     *
     * @throws JobException (USAGE) if another run has the lock
     */
    static RunLock take(FileSystem files, Path folder) throws IOException {
        Path lock = new Path(folder, NAME);
        removeEmptyFile(files, lock);
        LockOwner me =
                LockOwner.here(UUID.randomUUID().toString(), Instant.now().toString());
        RunLock.Answer answer = RunLock.take(new StoredFiles(files), lock, me, EXPIRY);
        if (answer instanceof RunLock.Taken taken) {
            taken.lock().enter("training");
            return taken.lock();
        }
        throw refused(folder, ((RunLock.Busy) answer).owner());
    }

    private static JobException refused(Path folder, LockOwner other) {
        String process = other.process() == null
                ? "a process"
                : "process %d".formatted(other.process().pid());
        return new JobException(
                ExitCode.USAGE,
                ("output folder %s is being filled by %s on %s, since %s: wait for it, or choose another --output; if it was"
                                + " killed, its lock can be taken in %d seconds")
                        .formatted(folder, process, other.host(), other.started(), EXPIRY.toSeconds()));
    }

    /** Removes an empty lock file of an earlier release, which a full disk leaves; refuses other lock files. */
    private static void removeEmptyFile(FileSystem files, Path lock) throws IOException {
        if (files.exists(lock) && files.getFileStatus(lock).isFile()) {
            if (files.getFileStatus(lock).getLen() > 0) {
                throw new JobException(
                        ExitCode.USAGE,
                        "%s is the lock of an earlier release of sparkgrad: if that run has ended, remove this file"
                                .formatted(lock));
            }
            files.delete(lock, false);
        }
    }
}

package org.sparkgrad.job.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.JobException;

/**
 * A file that says which process fills a folder, so that no other one does. One that a dead process of this host left is
 * taken away; whether a process of another host lives cannot be known here.
 */
final class OutputLock {
    /** Spark passes over files of such names. */
    static final String NAME = "_lock";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Start times are known to some hundredths of a second, and a corrected clock moves them. */
    private static final Duration SAME_START = Duration.ofSeconds(10);

    private final FileSystem files;
    private final Path file;
    private final Owner owner;

    private OutputLock(FileSystem files, Path file, Owner owner) {
        this.files = files;
        this.file = file;
        this.owner = owner;
    }

    /**
     * Who holds a lock.
     *
     * @param host its machine
     * @param pid its process
     * @param started when that process did, in ISO 8601
     * @param id of its run
     */
    record Owner(String host, long pid, String started, String id) {
        static Owner current() throws UnknownHostException {
            ProcessHandle process = ProcessHandle.current();
            return new Owner(
                    InetAddress.getLocalHost().getHostName(),
                    process.pid(),
                    start(process).toString(),
                    UUID.randomUUID().toString());
        }

        private static Instant start(ProcessHandle process) {
            return process.info().startInstant().orElse(Instant.EPOCH);
        }

        /** Whether it can be told, and is so, that this process is gone. */
        boolean isDead(String thisHost) {
            if (!host.equals(thisHost)) {
                return false;
            }
            Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
            return process.isEmpty()
                    || Duration.between(Instant.parse(started), start(process.get()))
                                    .abs()
                                    .compareTo(SAME_START)
                            > 0;
        }
    }

    /**
     * Takes the lock of a folder.
     *
     * @throws JobException (USAGE) if another process has it
     */
    static OutputLock take(FileSystem files, Path folder) throws IOException {
        OutputLock lock = new OutputLock(files, new Path(folder, NAME), Owner.current());
        if (!lock.create()) {
            lock.refuseUnlessDead();
            files.delete(lock.file, false);
            if (!lock.create()) {
                lock.refuseUnlessDead();
            }
        }
        if (!lock.isOurs()) { // a file system that replaces what it was told not to
            lock.refuseUnlessDead();
        }
        return lock;
    }

    private boolean create() throws IOException {
        byte[] content = MAPPER.writeValueAsBytes(owner);
        if (files.getScheme().equals("file")) { // Hadoop looks and then writes, which two can do at once
            try {
                Files.write(java.nio.file.Path.of(file.toUri()), content, StandardOpenOption.CREATE_NEW);
                return true;
            } catch (FileAlreadyExistsException other) {
                return false;
            }
        }
        try (OutputStream stream = files.create(file, false)) {
            stream.write(content);
            return true;
        } catch (IOException e) {
            if (files.exists(file)) {
                return false;
            }
            throw e;
        }
    }

    private void refuseUnlessDead() {
        Owner other = read().orElseThrow(() -> new JobException(
                ExitCode.USAGE,
                "output folder %s is another run's: its %s does not say whose. If no run is going on, remove that file"
                        .formatted(file.getParent(), NAME)));
        if (!other.isDead(owner.host())) {
            String remedy = other.host().equals(owner.host())
                    ? "wait for it, or choose another --output"
                    : "wait for it, or, if that process is gone, remove %s".formatted(file);
            throw new JobException(
                    ExitCode.USAGE,
                    "output folder %s is being filled by process %d on %s, which started %s: %s"
                            .formatted(file.getParent(), other.pid(), other.host(), other.started(), remedy));
        }
    }

    private Optional<Owner> read() {
        try (InputStream stream = files.open(file)) {
            return Optional.of(MAPPER.readValue(stream.readAllBytes(), Owner.class));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private boolean isOurs() {
        return read().filter(owner::equals).isPresent();
    }

    /** Gives the lock back, now in the given folder; one that has become another's stays. */
    void release(Path folder) throws IOException {
        OutputLock there = new OutputLock(files, new Path(folder, NAME), owner);
        if (there.isOurs()) {
            files.delete(there.file, false);
        }
    }
}

package org.sparkgrad.job.output;

import java.io.IOException;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.files.RunLock;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.JobException;

/** {@code OUTPUT.running}: what a run has written so far, its checkpoints and the lock that keeps others out. */
final class RunningFolder {
    private final FileSystem files;
    private final Path path;
    private final RunLock lock;

    private RunningFolder(FileSystem files, Path path, RunLock lock) {
        this.files = files;
        this.path = path;
        this.lock = lock;
    }

    /**
     * Makes the folder and locks it. What a run that is gone left there is removed.
     *
     * @param resume whether its checkpoints are kept
     * @param note hears what was removed
     */
    static RunningFolder open(FileSystem files, Path path, boolean resume, Consumer<String> note) throws IOException {
        boolean left = files.exists(path);
        if (!files.mkdirs(path)) {
            throw new IOException("no folder could be made there");
        }
        RunningFolder folder = new RunningFolder(files, path, OutputLock.take(files, path));
        boolean checkpoints = folder.hasCheckpoints();
        folder.clear(resume);
        if (left && !(resume && checkpoints)) {
            note.accept("removed %s, left by a run that was killed%s"
                    .formatted(path, checkpoints ? "; --resume would have gone on from its checkpoints" : ""));
        }
        return folder;
    }

    /** Returns the folder. */
    Path path() {
        return path;
    }

    /** Returns the folder of the checkpoints. */
    Path checkpoints() {
        return new Path(path, OutputNames.CHECKPOINTS);
    }

    /** Returns whether there are some. */
    boolean hasCheckpoints() throws IOException {
        return files.exists(checkpoints()) && files.listStatus(checkpoints()).length > 0;
    }

    /** Removes all but the lock and, where they are to be kept, the checkpoints. */
    private void clear(boolean keepCheckpoints) throws IOException {
        for (FileStatus child : files.listStatus(path)) {
            String name = child.getPath().getName();
            if (!name.equals(OutputLock.NAME) && !(keepCheckpoints && name.equals(OutputNames.CHECKPOINTS))) {
                files.delete(child.getPath(), true);
            }
        }
    }

    /** Removes the checkpoints, which are no part of a result. */
    void deleteCheckpoints() throws IOException {
        files.delete(checkpoints(), true);
    }

    /**
     * Gives up what was written, but for checkpoints that are to be kept; without any nothing stays.
     *
     * @param failed where a trained model goes that could not be saved in all its forms; null is nowhere
     */
    void abandon(boolean keepCheckpoints, @Nullable Path failed) throws IOException {
        lock.stop();
        if (!lock.isOurs()) {
            return; // what is there is another run's
        }
        Path model = new Path(path, OutputNames.MODEL);
        if (failed != null && files.exists(model)) {
            files.mkdirs(failed);
            files.rename(model, new Path(failed, OutputNames.MODEL));
        }
        if (keepCheckpoints && hasCheckpoints()) {
            clear(true);
            lock.close();
        } else {
            remove();
        }
    }

    /** Takes the folder away in one step, so that no run that begins meanwhile loses a file of its own. */
    private void remove() throws IOException {
        Path removed = path.suffix("-" + UUID.randomUUID());
        files.delete(files.rename(path, removed) ? removed : path, true);
    }

    /** Lets others in. */
    void release() {
        lock.close();
    }

    /**
     * Becomes another folder, without a lock.
     *
     * @throws JobException (RESOURCES) if another run has taken the folder over
     */
    void become(Path result) throws IOException {
        lock.stop();
        if (!lock.isOurs()) {
            throw new JobException(
                    ExitCode.RESOURCES,
                    "this run was held up, and another has taken %s over: this run's result is lost".formatted(path));
        }
        if (!files.rename(path, result)) {
            throw new IOException("the file system does not rename %s to %s".formatted(path, result));
        }
        files.delete(new Path(result, OutputLock.NAME), true);
    }
}

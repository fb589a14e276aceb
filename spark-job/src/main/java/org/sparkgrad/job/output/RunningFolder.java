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

/**
 * {@code OUTPUT.running}: the files that a run has written so far, its checkpoints, and the lock against other runs.
 */
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
     * Creates and locks the folder. Files of an ended run are removed.
     *
     * @param resume whether checkpoints are kept
     * @param note receives a line about each removal
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

    Path path() {
        return path;
    }

    Path checkpoints() {
        return new Path(path, OutputNames.CHECKPOINTS);
    }

    boolean hasCheckpoints() throws IOException {
        return files.exists(checkpoints()) && files.listStatus(checkpoints()).length > 0;
    }

    /** Removes everything except the lock and, if they are kept, the checkpoints. */
    private void clear(boolean keepCheckpoints) throws IOException {
        for (FileStatus child : files.listStatus(path)) {
            String name = child.getPath().getName();
            if (!name.equals(OutputLock.NAME) && !(keepCheckpoints && name.equals(OutputNames.CHECKPOINTS))) {
                files.delete(child.getPath(), true);
            }
        }
    }

    /** Removes the checkpoints, which do not belong to a result. */
    void deleteCheckpoints() throws IOException {
        files.delete(checkpoints(), true);
    }

    /**
     * Removes the written files, except checkpoints that are kept. Without checkpoints the folder is removed.
     *
     * @param failed the folder for a trained model that could not be saved in all its formats; null for none
     */
    void abandon(boolean keepCheckpoints, @Nullable Path failed) throws IOException {
        lock.stop();
        if (!lock.isOurs()) {
            return; // the folder belongs to another run
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

    /** Removes the folder with one rename first, so that a run that starts meanwhile loses no file. */
    private void remove() throws IOException {
        Path removed = path.suffix("-" + UUID.randomUUID());
        files.delete(files.rename(path, removed) ? removed : path, true);
    }

    /** Releases the lock. */
    void release() {
        lock.close();
    }

    /**
     * Renames the folder, without its lock.
     *
     * @throws JobException (RESOURCES) if another run has taken the lock
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

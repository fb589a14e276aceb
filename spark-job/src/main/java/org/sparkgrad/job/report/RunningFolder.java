package org.sparkgrad.job.report;

import java.io.IOException;
import java.util.function.Consumer;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** {@code OUTPUT.running}: what a run has written so far, its checkpoints and the lock that keeps others out. */
final class RunningFolder {
    private static final String CHECKPOINTS = "checkpoints";

    private final FileSystem files;
    private final Path path;
    private final OutputLock lock;

    private RunningFolder(FileSystem files, Path path, OutputLock lock) {
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
        return new Path(path, CHECKPOINTS);
    }

    /** Returns whether there are some. */
    boolean hasCheckpoints() throws IOException {
        return files.exists(checkpoints()) && files.listStatus(checkpoints()).length > 0;
    }

    /** Removes all but the lock and, where they are to be kept, the checkpoints. */
    private void clear(boolean keepCheckpoints) throws IOException {
        for (FileStatus child : files.listStatus(path)) {
            String name = child.getPath().getName();
            if (!name.equals(OutputLock.NAME) && !(keepCheckpoints && name.equals(CHECKPOINTS))) {
                files.delete(child.getPath(), true);
            }
        }
    }

    /** Removes the checkpoints, which are no part of a result. */
    void deleteCheckpoints() throws IOException {
        files.delete(checkpoints(), true);
    }

    /** Gives up what was written, but for checkpoints that are to be kept; without any nothing stays. */
    void abandon(boolean keepCheckpoints) throws IOException {
        if (keepCheckpoints && hasCheckpoints()) {
            clear(true);
            release(path);
        } else {
            files.delete(path, true);
        }
    }

    /** Lets others in, when the folder has become the given one. */
    void release(Path now) throws IOException {
        lock.release(now);
    }
}

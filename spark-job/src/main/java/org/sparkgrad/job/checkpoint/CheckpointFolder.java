package org.sparkgrad.job.checkpoint;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.sparkgrad.job.files.DurableFiles;
import org.sparkgrad.job.files.NewFile;
import org.sparkgrad.job.problem.DiskFull;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.JobException;

/**
 * The checkpoints of one run, {@code checkpoint-NUMBER-step-STEP} in a folder on any Hadoop file system. A new
 * checkpoint is written under another name and renamed when it is complete. The previous checkpoint stays.
 */
public final class CheckpointFolder {
    private static final Pattern NAME = Pattern.compile("checkpoint-(\\d{6,9})-step-\\d+");
    private static final int KEPT = 2;

    private final FileSystem files;
    private final Path folder;

    /**
     * @param conf Hadoop's configuration
     * @param path the path of the folder, which need not exist
     * @throws JobException (USAGE) if there is no such file system
     */
    public CheckpointFolder(Configuration conf, String path) {
        try {
            folder = new Path(path);
            FileSystem found = folder.getFileSystem(conf);
            // A checkpoint contains a checksum. Hadoop's checksums of local files are separate files, which are not
            // flushed to the disk with the checkpoint.
            files = found instanceof LocalFileSystem checked ? checked.getRawFileSystem() : found;
        } catch (IOException | IllegalArgumentException e) {
            throw new JobException(
                    ExitCode.USAGE, "checkpoints cannot be kept in %s: %s".formatted(path, e.getMessage()), e);
        }
    }

    /** Returns the folder. */
    @Override
    public String toString() {
        return folder.toString();
    }

    /**
     * Adds a checkpoint and removes all others except the previous one.
     *
     * @throws IOException if the checkpoint cannot be written; earlier checkpoints are not changed then
     */
    public void write(Checkpoint checkpoint) throws IOException {
        try {
            List<FileStatus> earlier = newestFirst();
            int number = earlier.isEmpty() ? 1 : number(earlier.get(0)) + 1;
            Path writing = new Path(folder, "writing");
            try (FSDataOutputStream stream = NewFile.create(files, writing, true)) {
                CheckpointFormat.write(checkpoint, stream);
                stream.hsync();
            }
            Path whole = new Path(
                    folder,
                    "checkpoint-%06d-step-%d"
                            .formatted(number, checkpoint.progress().step()));
            if (!files.rename(writing, whole)) {
                throw new IOException("the file system does not rename %s to %s".formatted(writing, whole));
            }
            if (files instanceof RawLocalFileSystem) {
                DurableFiles.folder(
                        java.nio.file.Path.of(files.makeQualified(folder).toUri()));
            }
            for (FileStatus old : earlier.subList(Math.min(KEPT - 1, earlier.size()), earlier.size())) {
                files.delete(old.getPath(), false);
            }
        } catch (IOException | FSError disk) { // local disks throw FSError
            if (DiskFull.tells(disk)) {
                throw new IOException("disk full: " + folder, disk);
            }
            throw disk instanceof IOException known ? known : new IOException(disk);
        }
    }

    /** Returns whether there is no checkpoint, complete or damaged. */
    public boolean isEmpty() {
        try {
            return newestFirst().isEmpty();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /**
     * Returns the last complete checkpoint; empty if there has never been a checkpoint.
     *
     * @param note receives a line for each damaged checkpoint
     * @throws JobException (DATA) if there are checkpoints but all are damaged
     */
    public Optional<Checkpoint> last(Consumer<String> note) {
        try {
            List<FileStatus> known = newestFirst();
            List<String> problems = new ArrayList<>();
            for (FileStatus file : known) {
                try {
                    Checkpoint read = CheckpointFormat.read(() -> files.open(file.getPath()), file.getLen());
                    problems.forEach(problem -> note.accept(problem + "; taking the one before it"));
                    return Optional.of(read);
                } catch (IOException damaged) {
                    problems.add("%s %s".formatted(file.getPath(), damaged.getMessage()));
                }
            }
            if (!problems.isEmpty()) {
                throw JobException.data("no checkpoint is whole:\n%s\nLeave --resume out to start anew"
                        .formatted(String.join("\n", problems)));
            }
            return Optional.empty();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** Removes all checkpoints. */
    public void delete() {
        try {
            files.delete(folder, true);
        } catch (IOException e) {
            throw new JobException(ExitCode.RESOURCES, "%s cannot be removed: %s".formatted(folder, e.getMessage()), e);
        }
    }

    private List<FileStatus> newestFirst() throws IOException {
        List<FileStatus> known = new ArrayList<>();
        if (files.exists(folder)) {
            for (FileStatus file : files.listStatus(folder)) {
                if (NAME.matcher(file.getPath().getName()).matches()) {
                    known.add(file);
                }
            }
        }
        known.sort(Collections.reverseOrder(java.util.Comparator.comparingInt(CheckpointFolder::number)));
        return known;
    }

    private static int number(FileStatus file) {
        Matcher name = NAME.matcher(file.getPath().getName());
        if (!name.matches()) {
            throw new IllegalStateException("no checkpoint: " + file.getPath());
        }
        return Integer.parseInt(name.group(1));
    }

    private JobException unreadable(IOException e) {
        return new JobException(ExitCode.RESOURCES, "%s cannot be read: %s".formatted(folder, e.getMessage()), e);
    }
}

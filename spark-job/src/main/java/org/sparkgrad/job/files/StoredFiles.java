package org.sparkgrad.job.files;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.UUID;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.sparkgrad.job.problem.DiskFull;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.JobException;

/**
 * The file operations of locks and registries. Their safety depends on {@link #createNew}: a file appears completely,
 * under a name that only one writer gets.
 *
 * <p>Local files are linked to their name, and HDFS renames without overwriting; both are atomic. On other file systems
 * the class checks for the name before it renames. On an object store, the scheduler must prevent two runs at a time.
 */
public final class StoredFiles {
    /** The prefix of files that are being written, or whose writer was killed. */
    private static final String UNFINISHED = ".unfinished-";

    private final FileSystem files;
    private final boolean local;

    /** @param files the file system */
    public StoredFiles(FileSystem files) {
        // Hadoop's checksums of local files are separate files, so a file and its checksum are not written atomically.
        this.files = files instanceof LocalFileSystem checked ? checked.getRawFileSystem() : files;
        this.local = this.files instanceof RawLocalFileSystem;
    }

    /** Returns a path qualified with the file system. */
    public Path qualified(Path path) {
        return files.makeQualified(path);
    }

    /** Returns whether the file or folder exists. */
    public boolean exists(Path path) {
        return io(path, "read", () -> files.exists(path));
    }

    /** Returns the sorted names in a folder; an empty list if the folder does not exist. */
    public List<String> names(Path folder) {
        return io(folder, "listed", () -> {
            try {
                return Arrays.stream(files.listStatus(folder))
                        .map(status -> status.getPath().getName())
                        .sorted()
                        .toList();
            } catch (FileNotFoundException absent) {
                return List.of();
            }
        });
    }

    /** Returns the text of a file. */
    public String read(Path file) {
        return io(file, "read", () -> {
            try (FSDataInputStream stream = files.open(file)) {
                return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            }
        });
    }

    /**
     * Returns the modification time of a file, in milliseconds of the file system's clock; empty if the file does not
     * exist.
     */
    OptionalLong written(Path file) {
        return io(file, "read", () -> {
            try {
                return OptionalLong.of(files.getFileStatus(file).getModificationTime());
            } catch (FileNotFoundException absent) {
                return OptionalLong.empty();
            }
        });
    }

    /** Returns the current time of the clock of {@link #written}; the clocks of hosts may differ. */
    long now(Path folder) {
        Path probe = unfinished(folder);
        write(probe, "");
        try {
            return written(probe).orElse(System.currentTimeMillis());
        } finally {
            delete(probe);
        }
    }

    /** Writes a file in place, in an existing folder. A reader may find it empty for a moment. */
    void write(Path file, String text) {
        io(file, "written", () -> {
            try (OutputStream stream = files.createFile(file).overwrite(true).build()) {
                stream.write(text.getBytes(StandardCharsets.UTF_8));
            }
            return file;
        });
    }

    /**
     * Creates a file atomically, flushes it to the disk, and returns true; or returns false if the name exists.
     *
     * @throws JobException (RESOURCES) if the file cannot be written
     */
    public boolean createNew(Path file, String text) {
        makeFolder(parent(file));
        Path unfinished = unfinished(parent(file));
        try {
            return io(file, "written", () -> {
                try (FSDataOutputStream stream = NewFile.create(files, unfinished, true)) {
                    stream.write(text.getBytes(StandardCharsets.UTF_8));
                    stream.hsync();
                }
                return publish(unfinished, file);
            });
        } finally {
            delete(unfinished);
        }
    }

    private boolean publish(Path unfinished, Path file) throws IOException {
        try {
            if (local) {
                Files.createLink(onDisk(file), onDisk(unfinished));
                DurableFiles.folder(onDisk(parent(file)));
            } else {
                FileContext.getFileContext(files.getUri(), files.getConf()).rename(unfinished, file);
            }
            return true;
        } catch (FileAlreadyExistsException | org.apache.hadoop.fs.FileAlreadyExistsException other) {
            return false;
        } catch (UnsupportedFileSystemException noContext) { // a file system with only Hadoop's older interface
            return !files.exists(file) && files.rename(unfinished, file);
        }
    }

    /** Creates a folder, unless it exists. */
    public void makeFolder(Path folder) {
        io(folder, "made", () -> files.mkdirs(folder));
    }

    /** Flushes a folder with its content to the disk and renames it to a free name. */
    public void rename(Path from, Path to) {
        io(to, "written", () -> {
            if (local) {
                DurableFiles.tree(onDisk(from));
            }
            if (files.exists(to) || !files.rename(from, to)) {
                throw new IOException("the file system does not rename %s".formatted(from));
            }
            if (local) {
                DurableFiles.folder(onDisk(parent(to)));
            }
            return to;
        });
    }

    /** Removes a file or folder with its content, if it exists. */
    public void delete(Path path) {
        io(path, "removed", () -> files.delete(path, true));
    }

    private static Path unfinished(Path folder) {
        return new Path(folder, UNFINISHED + UUID.randomUUID());
    }

    private static Path parent(Path file) {
        return Objects.requireNonNull(file.getParent(), "a stored file is in a folder");
    }

    private java.nio.file.Path onDisk(Path path) {
        return java.nio.file.Path.of(files.makeQualified(path).toUri());
    }

    private interface Work<T> {
        T run() throws IOException;
    }

    private static <T> T io(Path path, String done, Work<T> work) {
        try {
            return work.run();
        } catch (IOException | org.apache.hadoop.fs.FSError e) { // local disks throw FSError
            throw DiskFull.tells(e)
                    ? DiskFull.problem(path, e)
                    : new JobException(ExitCode.RESOURCES, "%s cannot be %s: %s".formatted(path, done, reason(e)), e);
        }
    }

    private static String reason(Throwable e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}

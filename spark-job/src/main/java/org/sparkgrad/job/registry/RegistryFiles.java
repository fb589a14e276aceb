package org.sparkgrad.job.registry;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.JobException;

/**
 * What a registry asks of a file system. All safety stands on {@link #createNew}: a file appears whole, under a name that
 * only one writer gets.
 *
 * <p>Local files are linked to their name, HDFS renames without overwriting: both are one atomic step. Other file
 * systems look before they rename; on an object store the scheduler has to keep two runs apart.
 */
final class RegistryFiles {
    /** Files whose names begin so are being written, or were when their writer was killed. */
    private static final String UNFINISHED = ".unfinished-";

    private final FileSystem files;
    private final boolean local;
    private final FileContext context;

    /**
     * @param root a folder on the file system to use
     * @throws JobException (USAGE) if there is no such file system
     */
    RegistryFiles(Configuration conf, Path root) {
        try {
            FileSystem found = root.getFileSystem(conf);
            // Hadoop's checksums are files of their own beside local files: not written in one step with them.
            files = found instanceof LocalFileSystem checked ? checked.getRawFileSystem() : found;
            local = found instanceof LocalFileSystem;
            context = FileContext.getFileContext(files.getUri(), conf);
        } catch (IOException | IllegalArgumentException e) {
            throw new JobException(ExitCode.USAGE, "registry %s cannot be reached: %s".formatted(root, reason(e)), e);
        }
    }

    Path qualified(Path path) {
        return files.makeQualified(path);
    }

    boolean exists(Path path) {
        return io(path, "read", () -> files.exists(path));
    }

    /** Returns the names in a folder, sorted; none if there is no such folder. */
    List<String> names(Path folder) {
        return io(
                folder,
                "listed",
                () -> files.exists(folder)
                        ? Arrays.stream(files.listStatus(folder))
                                .map(status -> status.getPath().getName())
                                .sorted()
                                .toList()
                        : List.of());
    }

    String read(Path file) {
        return io(file, "read", () -> {
            try (FSDataInputStream stream = files.open(file)) {
                return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            }
        });
    }

    /** Returns when a file was last written, in milliseconds of the file system's clock. */
    long written(Path file) {
        return io(file, "read", () -> files.getFileStatus(file).getModificationTime());
    }

    /** Returns what time it is by the clock that {@link #written} goes by; hosts may differ. */
    long now(Path folder) {
        Path probe = unfinished(folder);
        write(probe, "");
        try {
            return written(probe);
        } finally {
            delete(probe);
        }
    }

    /** Writes a file in place: a reader may see it empty for a moment. */
    void write(Path file, String text) {
        io(file, "written", () -> {
            try (OutputStream stream = files.create(file, true)) {
                stream.write(text.getBytes(StandardCharsets.UTF_8));
            }
            return file;
        });
    }

    /** Makes a file, whole at once, and returns true; or returns false if there is one of that name. */
    boolean createNew(Path file, String text) {
        Path unfinished = unfinished(parent(file));
        write(unfinished, text);
        try {
            return io(file, "written", () -> {
                if (local) {
                    Files.createLink(onDisk(file), onDisk(unfinished));
                } else {
                    context.rename(unfinished, file);
                }
                return true;
            });
        } catch (JobException failure) {
            if (failure.getCause() instanceof FileAlreadyExistsException
                    || failure.getCause() instanceof org.apache.hadoop.fs.FileAlreadyExistsException) {
                return false;
            }
            throw failure;
        } finally {
            delete(unfinished);
        }
    }

    void makeFolder(Path folder) {
        io(folder, "made", () -> files.mkdirs(folder));
    }

    /** Renames a folder to a name that is free. */
    void rename(Path from, Path to) {
        io(to, "written", () -> {
            if (files.exists(to) || !files.rename(from, to)) {
                throw new IOException("the file system does not rename %s".formatted(from));
            }
            return to;
        });
    }

    /** Removes a file or a folder with all below it, if it is there. */
    void delete(Path path) {
        io(path, "removed", () -> files.delete(path, true));
    }

    private static Path unfinished(Path folder) {
        return new Path(folder, UNFINISHED + UUID.randomUUID());
    }

    private static Path parent(Path file) {
        return Objects.requireNonNull(file.getParent(), "a file of a registry is in a folder");
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
        } catch (IOException | org.apache.hadoop.fs.FSError e) { // local disks throw the latter
            throw new JobException(ExitCode.RESOURCES, "%s cannot be %s: %s".formatted(path, done, reason(e)), e);
        }
    }

    private static String reason(Throwable e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}

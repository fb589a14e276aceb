package org.sparkgrad.job.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsAction;
import org.apache.hadoop.security.AccessControlException;
import org.sparkgrad.job.config.OutputSettings;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.JobException;

/**
 * The folder of a run's result. It is filled as {@code OUTPUT.running} and becomes {@code OUTPUT} by one rename when
 * whole, so {@code OUTPUT} is always whole, and an earlier one stays until then.
 */
public final class OutputFolder {
    private static final String SUMMARY = "summary.json";
    /** What Spark leaves beside the files of a whole table. */
    private static final String PREDICTED = "_SUCCESS";

    private static final String NO_FOLDER = "no folder could be made there";

    private final FileSystem files;
    private final Path output;
    private final Path running;
    private final Path replaced;
    private final Path failed;

    private final boolean overwrite;
    private boolean whole;

    private OutputFolder(FileSystem files, Path output, boolean overwrite) {
        this.files = files;
        this.output = output;
        this.overwrite = overwrite;
        this.running = output.suffix(".running");
        this.replaced = output.suffix(".replaced");
        this.failed = output.suffix(".failed");
    }

    /**
     * Makes an empty {@code OUTPUT.running}; what a killed run left of its own is removed.
     *
     * @param conf Hadoop's configuration
     * @param settings where the result goes
     * @param note hears what was removed
     * @throws JobException (USAGE) if OUTPUT exists and may not be replaced, or cannot be written
     */
    public static OutputFolder prepare(Configuration conf, OutputSettings settings, Consumer<String> note) {
        try {
            OutputFolder folder = of(conf, settings);
            folder.cleanUp(note);
            folder.refuseExisting();
            if (!folder.files.mkdirs(folder.running)) {
                throw new IOException(NO_FOLDER);
            }
            return folder;
        } catch (IOException | IllegalArgumentException e) {
            throw unwritable(settings, e);
        }
    }

    /**
     * Changes nothing, and throws what {@link #prepare} would.
     *
     * @param conf Hadoop's configuration
     * @param settings where a result would go
     * @throws JobException (USAGE) if OUTPUT exists and may not be replaced, or cannot be written
     */
    public static void check(Configuration conf, OutputSettings settings) {
        try {
            OutputFolder folder = of(conf, settings);
            folder.refuseExisting();
            Path existing = folder.output.getParent();
            while (!folder.files.exists(existing)) {
                existing = existing.getParent();
            }
            if (!folder.files.getFileStatus(existing).isDirectory()) {
                throw new IOException("Parent path is not a directory: " + existing);
            }
            if (!folder.mayWrite(existing)) {
                throw new IOException(NO_FOLDER);
            }
        } catch (IOException | IllegalArgumentException e) {
            throw unwritable(settings, e);
        }
    }

    private static OutputFolder of(Configuration conf, OutputSettings settings) throws IOException {
        Path path = new Path(settings.output());
        FileSystem files = path.getFileSystem(conf);
        Path output = files.makeQualified(path);
        if (output.isRoot()) {
            throw new JobException(ExitCode.USAGE, "output %s is the root of a file system".formatted(output));
        }
        return new OutputFolder(files, output, settings.overwrite());
    }

    /** Hadoop asks the permissions of local files for what the system, to whom root may do anything, decides. */
    private boolean mayWrite(Path folder) throws IOException {
        if (files.getScheme().equals("file")) {
            return java.nio.file.Files.isWritable(java.nio.file.Path.of(folder.toUri()));
        }
        try {
            files.access(folder, FsAction.WRITE);
            return true;
        } catch (AccessControlException denied) {
            return false;
        }
    }

    private static JobException unwritable(OutputSettings settings, Exception e) {
        return new JobException(
                ExitCode.USAGE, "output %s cannot be written: %s".formatted(settings.output(), reason(e)), e);
    }

    /** Removes what a killed run left; a result that it was about to replace comes back. */
    private void cleanUp(Consumer<String> note) throws IOException {
        if (files.exists(running)) {
            files.delete(running, true);
            note.accept("removed %s, left by a run that was killed".formatted(running));
        }
        if (files.exists(replaced)) {
            if (files.exists(output)) {
                files.delete(replaced, true);
                note.accept("removed %s, left by a run that was killed".formatted(replaced));
            } else {
                rename(replaced, output);
                note.accept("brought %s back, left as %s by a run that was killed".formatted(output, replaced));
            }
        }
    }

    private void refuseExisting() throws IOException {
        Path earlier = files.exists(output) ? output : replaced;
        if (!files.exists(earlier)) {
            return;
        }
        if (!overwrite) {
            throw new JobException(
                    ExitCode.USAGE, "output %s exists: choose another or add --overwrite".formatted(output));
        }
        if (files.listStatus(earlier).length > 0
                && !files.exists(new Path(earlier, SUMMARY))
                && !files.exists(new Path(earlier, PREDICTED))) {
            throw new JobException(
                    ExitCode.USAGE,
                    "output %s exists and is not the result of a run (it has no %s): it is not overwritten"
                            .formatted(output, SUMMARY));
        }
    }

    /** What goes into a file. */
    @FunctionalInterface
    public interface Content {
        /** Writes it; may close the stream. */
        void writeTo(OutputStream stream) throws IOException;
    }

    /** Returns where to write a file or folder of this name, on the same file system. */
    public String path(String child) {
        return new Path(running, child).toString();
    }

    /** Returns where to write when the files are OUTPUT themselves. */
    public String path() {
        return running.toString();
    }

    /** Returns OUTPUT as the file system names it. */
    public String output() {
        return output.toString();
    }

    /**
     * Writes a text file in UTF-8.
     *
     * @throws JobException (RESOURCES) if it cannot be written
     */
    public void writeText(String child, String text) {
        write(new Path(running, child), text);
    }

    private void write(Path path, String text) {
        write(path, stream -> stream.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Writes a file.
     *
     * @throws JobException (RESOURCES) if it cannot be written
     */
    public void write(String child, Content content) {
        write(new Path(running, child), content);
    }

    private void write(Path path, Content content) {
        try (OutputStream stream = files.create(path, true)) {
            content.writeTo(stream);
        } catch (IOException | FSError e) { // local disks throw the latter
            throw failure("%s cannot be written".formatted(path), e);
        }
    }

    /**
     * Makes OUTPUT of what was written.
     *
     * @throws JobException if it cannot be renamed, or OUTPUT has appeared meanwhile and may not be replaced; what was
     *     written stays in OUTPUT.running then, and an earlier OUTPUT where it is
     */
    public void publish() {
        whole = true;
        try {
            boolean replaces = files.exists(output);
            if (replaces && !overwrite) {
                throw new JobException(
                        ExitCode.USAGE,
                        "output %s has appeared meanwhile; this run's result is in %s".formatted(output, running));
            }
            if (replaces) {
                rename(output, replaced);
            }
            try {
                rename(running, output);
            } catch (IOException e) {
                if (replaces) {
                    rename(replaced, output);
                }
                throw e;
            }
            files.delete(replaced, true);
            files.delete(failed, true);
        } catch (IOException e) {
            throw failure("%s cannot become %s".formatted(running, output), e);
        }
    }

    /**
     * Leaves {@code OUTPUT.failed/summary.json} in place of what was written, unless that is whole.
     *
     * @throws JobException (RESOURCES) if it cannot be written
     */
    public void fail(String summaryJson) {
        try {
            if (!whole) {
                files.delete(running, true); // first, for it may be what fills the disk
            }
            files.delete(failed, true);
        } catch (IOException e) {
            throw failure("%s cannot be removed".formatted(running), e);
        }
        write(new Path(failed, SUMMARY), summaryJson);
    }

    private void rename(Path from, Path to) throws IOException {
        if (!files.rename(from, to)) {
            throw new IOException("the file system does not rename %s to %s".formatted(from, to));
        }
    }

    private static JobException failure(String what, Throwable e) {
        return new JobException(ExitCode.RESOURCES, "%s: %s".formatted(what, reason(e)), e);
    }

    private static String reason(Throwable e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}

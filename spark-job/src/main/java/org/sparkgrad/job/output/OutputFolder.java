package org.sparkgrad.job.output;

import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsAction;
import org.apache.hadoop.security.AccessControlException;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.config.OutputSettings;
import org.sparkgrad.job.problem.DiskFull;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.JobException;

/**
 * The folder of a run's result. It is filled as {@code OUTPUT.running} and becomes {@code OUTPUT} by one rename when
 * whole, so {@code OUTPUT} is always whole, and an earlier one stays until then.
 */
public final class OutputFolder {
    private static final String RUNNING = ".running";

    private static final String NO_FOLDER = "no folder could be made there";

    private final FileSystem files;
    private final OutputFiles written;
    private final Path output;
    private final Path replaced;
    private final Path failed;

    private final boolean overwrite;
    private @Nullable RunningFolder running;
    private boolean whole;

    private OutputFolder(FileSystem files, Path output, boolean overwrite) {
        this.files = files;
        this.written = new OutputFiles(files);
        this.output = output;
        this.overwrite = overwrite;
        this.replaced = output.suffix(".replaced");
        this.failed = output.suffix(".failed");
    }

    /**
     * Makes an {@code OUTPUT.running} of its own; what a killed run left there is removed, but for its checkpoints when
     * this one resumes.
     *
     * @param conf Hadoop's configuration
     * @param settings where the result goes
     * @param note hears what was removed
     * @throws JobException (USAGE) if OUTPUT exists and may not be replaced, cannot be written, or another run fills it
     */
    public static OutputFolder prepare(Configuration conf, OutputSettings settings, Consumer<String> note) {
        try {
            OutputFolder folder = of(conf, settings);
            Path name = folder.output.suffix(RUNNING);
            folder.earlier().refuseForeign(name, folder.failed);
            RunningFolder running = RunningFolder.open(
                    folder.files, name, settings.checkpoints().resume(), note);
            try {
                folder.earlier().cleanUp(note);
                folder.earlier().refuse(settings.overwrite());
            } catch (IOException | RuntimeException e) {
                running.abandon(true, null);
                throw e;
            }
            folder.running = running;
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
            folder.earlier().refuseForeign(folder.output.suffix(RUNNING), folder.failed);
            folder.earlier().refuse(settings.overwrite());
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
        FileSystem found = path.getFileSystem(conf);
        // Hadoop's checksums of local files are files, too: where they do not fit, they leave the file itself open.
        FileSystem files = found instanceof LocalFileSystem checked ? checked.getRawFileSystem() : found;
        Path output = files.makeQualified(path);
        if (output.isRoot()) {
            throw new JobException(ExitCode.USAGE, "output %s is the root of a file system".formatted(output));
        }
        return new OutputFolder(files, output, settings.overwrite());
    }

    /** Hadoop asks the permissions of local files for what the system, to whom root may do anything, decides. */
    private boolean mayWrite(Path folder) throws IOException {
        if (files instanceof RawLocalFileSystem) {
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
        if (DiskFull.tells(e)) {
            return DiskFull.problem(settings.output(), e);
        }
        return new JobException(
                ExitCode.USAGE,
                "output %s cannot be written: %s".formatted(settings.output(), OutputFiles.reason(e)),
                e);
    }

    /** Returns where to write a file or folder of this name, on the same file system. */
    public String path(String child) {
        return new Path(running(), child).toString();
    }

    /** Returns where to write when the files are OUTPUT themselves. */
    public String path() {
        return running().toString();
    }

    /** Returns where checkpoints are; they go when the result is whole, or a run without them fails. */
    public String checkpoints() {
        return open().checkpoints().toString();
    }

    private EarlierOutput earlier() {
        return new EarlierOutput(files, output, replaced);
    }

    private RunningFolder open() {
        return Objects.requireNonNull(running, "prepare has opened it");
    }

    private Path running() {
        return open().path();
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
        written.text(new Path(running(), child), text);
    }

    /**
     * Writes a file.
     *
     * @throws JobException (RESOURCES) if it cannot be written
     */
    public void write(String child, FileContent content) {
        written.content(new Path(running(), child), content);
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
                        "output %s has appeared meanwhile; this run's result is in %s".formatted(output, running()));
            }
            open().deleteCheckpoints();
            if (replaces) {
                rename(output, replaced);
            }
            try {
                open().become(output);
            } catch (IOException | JobException e) {
                if (replaces) {
                    rename(replaced, output);
                }
                throw e;
            }
            files.delete(replaced, true);
            files.delete(failed, true);
        } catch (IOException e) {
            throw OutputFiles.failure("%s cannot become %s".formatted(running(), output), e);
        }
    }

    /**
     * Leaves {@code OUTPUT.failed/summary.json} in place of what was written, unless that is whole. A trained model that is
     * there as model.json stays beside it.
     *
     * @param keepCheckpoints whether a run may go on from them
     * @return whether there are checkpoints to go on from
     * @throws JobException (RESOURCES) if it cannot be written
     */
    public boolean fail(String summaryJson, boolean keepCheckpoints) {
        boolean resumable;
        try {
            resumable = !whole && keepCheckpoints && open().hasCheckpoints();
            if (whole) {
                open().release();
            } else {
                files.delete(failed, true);
                open().abandon(keepCheckpoints, failed); // first, for it may be what fills the disk
            }
        } catch (IOException e) {
            throw OutputFiles.failure("%s cannot be removed".formatted(running()), e);
        }
        written.text(new Path(failed, OutputNames.SUMMARY), summaryJson);
        return resumable;
    }

    /** Returns the model.json that a failed run has left, if it has. */
    public Optional<String> keptModel() {
        Path model = new Path(failed, OutputNames.MODEL);
        try {
            return files.exists(model) ? Optional.of(model.toString()) : Optional.empty();
        } catch (IOException unreachable) {
            return Optional.empty();
        }
    }

    /**
     * Leaves the checkpoints with {@code OUTPUT.running/summary.json}, for a run that resumes.
     *
     * @throws JobException (RESOURCES) if it cannot be written
     */
    public void interrupt(String summaryJson) {
        writeText(OutputNames.SUMMARY, summaryJson);
        open().release();
    }

    private void rename(Path from, Path to) throws IOException {
        if (!files.rename(from, to)) {
            throw new IOException("the file system does not rename %s to %s".formatted(from, to));
        }
    }
}

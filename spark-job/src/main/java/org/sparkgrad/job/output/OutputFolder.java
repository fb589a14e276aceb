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
 * The folder of a run's result. The run writes to {@code OUTPUT.running} and renames this folder to {@code OUTPUT} when
 * it is complete. So {@code OUTPUT} is always complete, and an earlier result stays until the rename.
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
     * Creates {@code OUTPUT.running} for a run. Files of a killed run are removed, except its checkpoints if this run
     * resumes.
     *
     * @param conf Hadoop's configuration
     * @param settings the settings with the path of the result
     * @param note receives a line about each removal
     * @throws JobException (USAGE) if OUTPUT exists and may not be replaced, cannot be written, or if another run
     *     writes to it
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
     * Throws the exceptions of {@link #prepare} without changing anything.
     *
     * @param conf Hadoop's configuration
     * @param settings the settings with the path of a result
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
        // Hadoop's checksums of local files are separate files. If the disk is full for them, the file itself stays
        // open.
        FileSystem files = found instanceof LocalFileSystem checked ? checked.getRawFileSystem() : found;
        Path output = files.makeQualified(path);
        if (output.isRoot()) {
            throw new JobException(ExitCode.USAGE, "output %s is the root of a file system".formatted(output));
        }
        return new OutputFolder(files, output, settings.overwrite());
    }

    /**
     * Returns whether the run may write to a folder. For local files Hadoop compares permissions, but the operating
     * system decides, and root may do anything.
     */
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

    /** Returns the path for a file or folder of this name, on the same file system. */
    public String path(String child) {
        return new Path(running(), child).toString();
    }

    /** Returns the path for files that are the content of OUTPUT themselves. */
    public String path() {
        return running().toString();
    }

    /**
     * Returns the folder of the checkpoints. It is removed when the result is complete, or when a run without
     * checkpoints fails.
     */
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

    /** Returns the path of OUTPUT with the file system's name. */
    public String output() {
        return output.toString();
    }

    /**
     * Writes a text file in UTF-8.
     *
     * @throws JobException (RESOURCES) if the file cannot be written
     */
    public void writeText(String child, String text) {
        written.text(new Path(running(), child), text);
    }

    /**
     * Writes a file.
     *
     * @throws JobException (RESOURCES) if the file cannot be written
     */
    public void write(String child, FileContent content) {
        written.content(new Path(running(), child), content);
    }

    /**
     * Renames the written files to OUTPUT.
     *
     * @throws JobException if the rename fails, or if OUTPUT was created meanwhile and may not be replaced; then the
     *     written files stay in OUTPUT.running, and an earlier OUTPUT is not changed
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
     * Replaces the written files by {@code OUTPUT.failed/summary.json}, unless they are complete. The model.json of a
     * trained model is kept beside it.
     *
     * @param keepCheckpoints whether a run may resume from the checkpoints
     * @return whether there are checkpoints to resume from
     * @throws JobException (RESOURCES) if the summary cannot be written
     */
    public boolean fail(String summaryJson, boolean keepCheckpoints) {
        boolean resumable;
        try {
            resumable = !whole && keepCheckpoints && open().hasCheckpoints();
            if (whole) {
                open().release();
            } else {
                files.delete(failed, true);
                open().abandon(keepCheckpoints, failed); // first, because the written files may be what fills the disk
            }
        } catch (IOException e) {
            throw OutputFiles.failure("%s cannot be removed".formatted(running()), e);
        }
        written.text(new Path(failed, OutputNames.SUMMARY), summaryJson);
        return resumable;
    }

    /** Returns the path of the model.json of a failed run, or empty. */
    public Optional<String> keptModel() {
        Path model = new Path(failed, OutputNames.MODEL);
        try {
            return files.exists(model) ? Optional.of(model.toString()) : Optional.empty();
        } catch (IOException unreachable) {
            return Optional.empty();
        }
    }

    /**
     * Keeps the checkpoints together with {@code OUTPUT.running/summary.json}, for a run that resumes.
     *
     * @throws JobException (RESOURCES) if the summary cannot be written
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

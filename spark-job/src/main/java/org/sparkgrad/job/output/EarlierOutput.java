package org.sparkgrad.job.output;

import java.io.IOException;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.JobException;

/** The result of an earlier run in {@code OUTPUT}, or in {@code OUTPUT.replaced} during its replacement. */
final class EarlierOutput {
    /** The file that Spark writes beside the files of a complete table. */
    private static final String PREDICTED = "_SUCCESS";

    /** The files of a run that was interrupted or has failed. */
    private static final Set<String> RUNNING = Set.of(OutputNames.SUMMARY, OutputNames.CHECKPOINTS);

    private static final Set<String> FAILED = Set.of(OutputNames.SUMMARY, OutputNames.MODEL);

    private final FileSystem files;
    private final Path output;
    private final Path replaced;

    EarlierOutput(FileSystem files, Path output, Path replaced) {
        this.files = files;
        this.output = output;
        this.replaced = replaced;
    }

    /**
     * Refuses folders of other programs. The folders beside OUTPUT will be emptied.
     *
     * @throws JobException (USAGE) for a folder without the files of a run
     */
    void refuseForeign(Path running, Path failed) throws IOException {
        boolean locked = files.exists(new Path(running, OutputLock.NAME));
        if (!locked) {
            refuseUnless(holdsOnly(running, RUNNING), running);
        }
        refuseUnless(holdsOnly(failed, FAILED), failed);
        refuseUnless(isResult(replaced), replaced);
    }

    private void refuseUnless(boolean ours, Path folder) {
        if (!ours) {
            throw new JobException(
                    ExitCode.USAGE,
                    "%s is in the way: no run has left it, so it is not emptied; move it, or choose another --output"
                            .formatted(folder));
        }
    }

    private boolean holdsOnly(Path folder, Set<String> names) throws IOException {
        if (!files.exists(folder)) {
            return true;
        }
        for (FileStatus child : files.listStatus(folder)) {
            String name = child.getPath().getName();
            boolean checksum = name.startsWith(".") && name.endsWith(".crc");
            if (!checksum && !names.contains(name)) {
                return false;
            }
        }
        return files.listStatus(folder).length == 0 || files.exists(new Path(folder, OutputNames.SUMMARY));
    }

    private boolean isResult(Path folder) throws IOException {
        return !files.exists(folder)
                || files.listStatus(folder).length == 0
                || files.exists(new Path(folder, OutputNames.SUMMARY))
                || files.exists(new Path(folder, PREDICTED));
    }

    /** Removes a result that a killed run had replaced. A result that a killed run was about to replace is restored. */
    void cleanUp(Consumer<String> note) throws IOException {
        if (files.exists(replaced)) {
            if (files.exists(output)) {
                files.delete(replaced, true);
                note.accept("removed %s, left by a run that was killed".formatted(replaced));
            } else {
                if (!files.rename(replaced, output)) {
                    throw new IOException("the file system does not rename %s to %s".formatted(replaced, output));
                }
                note.accept("brought %s back, left as %s by a run that was killed".formatted(output, replaced));
            }
        }
    }

    /**
     * Refuses a run whose result could not be published.
     *
     * @param overwrite whether an earlier result may be replaced
     * @throws JobException (USAGE) for a result that may not be replaced, or a folder that is no result
     */
    void refuse(boolean overwrite) throws IOException {
        Path earlier = files.exists(output) ? output : replaced;
        if (!files.exists(earlier)) {
            return;
        }
        if (!overwrite) {
            throw new JobException(
                    ExitCode.USAGE, "output %s exists: choose another or add --overwrite".formatted(output));
        }
        if (!isResult(earlier)) {
            throw new JobException(
                    ExitCode.USAGE,
                    "output %s exists and is not the result of a run (it has no %s): it is not overwritten"
                            .formatted(output, OutputNames.SUMMARY));
        }
    }
}

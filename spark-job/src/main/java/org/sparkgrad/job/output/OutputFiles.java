package org.sparkgrad.job.output;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparkgrad.job.files.NewFile;
import org.sparkgrad.job.problem.DiskFull;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.JobException;

/** Writes the files of an output that Spark does not write, each completely or not at all. */
final class OutputFiles {
    private static final Logger LOG = LoggerFactory.getLogger(OutputFiles.class);

    private final FileSystem files;

    OutputFiles(FileSystem files) {
        this.files = files;
    }

    void text(Path path, String text) {
        content(path, stream -> stream.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    void content(Path path, FileContent content) {
        try (OutputStream stream = NewFile.create(files, path, true)) {
            content.writeTo(stream);
        } catch (IOException | FSError e) { // local disks throw FSError
            removeHalf(path);
            throw failure("%s cannot be written".formatted(path), e);
        }
    }

    private void removeHalf(Path path) {
        try {
            files.delete(path, false);
        } catch (IOException unreachable) {
            LOG.debug("{} stays", path, unreachable); // the caller receives the error of the write
        }
    }

    static JobException failure(String what, Throwable e) {
        return DiskFull.tells(e)
                ? DiskFull.problem(what.split(" ", 2)[0], e)
                : new JobException(ExitCode.RESOURCES, "%s: %s".formatted(what, reason(e)), e);
    }

    static String reason(Throwable e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}

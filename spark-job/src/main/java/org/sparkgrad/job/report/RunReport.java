package org.sparkgrad.job.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.JobException;
import org.sparkgrad.score.ModelFile;

/** The page {@code report.html} of a run, created from the other files of its OUTPUT. */
public final class RunReport {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** The name of the page in OUTPUT. */
    public static final String PAGE = "report.html";

    private RunReport() {}

    /**
     * Returns the page of a run that ends.
     *
     * @param curves the curves
     * @param model the model
     */
    public static String html(TrainingSummary summary, RunCurves curves, ModelFile model) {
        return ReportPage.html(SummaryJson.tree(summary), SummaryJson.tree(curves), model, null, null);
    }

    /**
     * Creates the page again, from {@code summary.json} and, if they exist, {@code curves.json}, {@code model.json},
     * {@code drift.json} and the {@code manifest.json} of a scheduled run.
     *
     * @param conf Hadoop's configuration
     * @param output the folder of the run
     * @return the path of the page
     * @throws JobException (USAGE) if the folder is not that of a training run, (DATA) if one of its files is damaged,
     *     (RESOURCES) if the page cannot be written
     */
    public static String remake(Configuration conf, String output) {
        try {
            Path folder = new Path(output);
            FileSystem files = folder.getFileSystem(conf);
            JsonNode summary = json(files, folder, "summary.json");
            if (summary == null || !summary.has("objectiveHistory")) {
                throw new JobException(
                        ExitCode.USAGE,
                        "%s is not the output of a training run: it has no summary.json of one".formatted(output));
            }
            String page = ReportPage.html(
                    summary,
                    json(files, folder, "curves.json"),
                    model(files, folder),
                    json(files, folder, Drift.FILE),
                    json(files, folder, "manifest.json"));
            return write(files, new Path(folder, PAGE), page);
        } catch (IOException | IllegalArgumentException failure) {
            throw new JobException(
                    ExitCode.USAGE, "%s cannot be read: %s".formatted(output, failure.getMessage()), failure);
        }
    }

    private static @Nullable JsonNode json(FileSystem files, Path folder, String name) throws IOException {
        return read(files, new Path(folder, name), MAPPER::readTree);
    }

    private static @Nullable ModelFile model(FileSystem files, Path folder) throws IOException {
        return read(files, new Path(folder, "model.json"), ModelFile::read);
    }

    @FunctionalInterface
    private interface Reader<T> {
        T read(InputStream stream) throws IOException;
    }

    private static <T> @Nullable T read(FileSystem files, Path file, Reader<T> reader) throws IOException {
        if (!files.exists(file)) {
            return null;
        }
        try (InputStream stream = files.open(file)) {
            return reader.read(stream);
        } catch (IOException damaged) {
            throw new JobException(ExitCode.DATA, "%s is damaged: %s".formatted(file, damaged.getMessage()), damaged);
        }
    }

    private static String write(FileSystem files, Path page, String html) {
        try (var stream = files.create(page, true)) {
            stream.write(html.getBytes(StandardCharsets.UTF_8));
            return page.toString();
        } catch (IOException failure) {
            throw new JobException(
                    ExitCode.RESOURCES, "%s cannot be written: %s".formatted(page, failure.getMessage()), failure);
        }
    }
}

package org.sparkgrad.job.model;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.sql.SparkSession;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.JobException;
import org.sparkgrad.job.problem.UnreadableFile;

/** Reads the folder of a saved model with Spark's own readers. */
final class ModelFolder {
    private static final String METADATA = "metadata";
    private static final List<String> KNOWN =
            List.of(LogisticRegressionModel.class.getName(), PipelineModel.class.getName());

    private ModelFolder() {}

    /**
     * Returns the LogisticRegressionModel or PipelineModel.
     *
     * @throws JobException if there is no model, if the model has another class, or if its files are missing or
     *     truncated
     */
    static Transformer read(SparkSession spark, String path) {
        checkThere(spark, path);
        try {
            String type = DefaultParamsReader.loadMetadata(path, spark.sparkContext(), "")
                    .className();
            if (!KNOWN.contains(type)) {
                throw JobException.data("The model at " + path + " is a " + type + "; a LogisticRegressionModel or a"
                        + " PipelineModel around one is expected.");
            }
            return type.equals(KNOWN.get(0)) ? LogisticRegressionModel.load(path) : PipelineModel.load(path);
        } catch (JobException problem) {
            throw problem;
        } catch (Exception failure) { // Spark throws checked exceptions that no signature declares
            throw new JobException(
                    ExitCode.DATA,
                    "The model at " + path + " is damaged: " + reason(failure)
                            + "\nSave it again, or name another with --model.",
                    failure);
        }
    }

    private static void checkThere(SparkSession spark, String path) {
        try {
            Path folder = new Path(path);
            FileSystem files = folder.getFileSystem(spark.sparkContext().hadoopConfiguration());
            if (files.exists(new Path(folder, METADATA))) {
                return;
            }
            if (files.exists(new Path(new Path(folder, "model"), METADATA))) {
                throw JobException.data(
                        path + " is the output of a run: name its model, --model " + new Path(folder, "model"));
            }
            throw JobException.data(
                    files.exists(folder)
                            ? "The folder " + path + " holds no model: a folder " + METADATA + " is expected in it."
                            : "There is no model at " + path + ". Check the path and its file system.");
        } catch (IOException | IllegalArgumentException failure) {
            throw new JobException(
                    ExitCode.DATA, "The model at " + path + " cannot be read: " + firstLine(failure), failure);
        }
    }

    private static String reason(Throwable failure) {
        String spark = firstLine(failure);
        if (spark.contains("empty collection")) {
            return "a part of its metadata is missing.";
        }
        if (spark.contains("UNABLE_TO_INFER_SCHEMA")) {
            return "a part of its data is missing.";
        }
        return UnreadableFile.findIn(failure)
                .flatMap(message -> message.lines().findFirst())
                .orElse(spark);
    }

    static String firstLine(Throwable failure) {
        String message = failure.getMessage();
        return message == null
                ? failure.getClass().getSimpleName()
                : message.replace("requirement failed: ", "")
                        .lines()
                        .findFirst()
                        .orElse("");
    }
}

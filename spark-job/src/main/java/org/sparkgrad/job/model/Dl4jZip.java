package org.sparkgrad.job.model;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.sparkgrad.job.config.OutputSettings;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.JobException;

/** Writes the zip file of a network to any file system, completely or not at all. */
public final class Dl4jZip {
    private Dl4jZip() {}

    /**
     * Writes the network of a model.
     *
     * @param conf Hadoop's configuration
     * @throws JobException with USAGE for a file that may not be replaced, with RESOURCES if the file cannot be written
     *     or if DL4J is not on the class path
     */
    public static void write(LogisticRegressionModel model, OutputSettings settings, Configuration conf) {
        Path file = new Path(settings.output());
        Path part = file.suffix(".part");
        try {
            FileSystem files = file.getFileSystem(conf);
            if (files.exists(file) && !settings.overwrite()) {
                throw new JobException(
                        ExitCode.USAGE, "--output %s exists: add --overwrite to replace it".formatted(file));
            }
            Dl4jWriter writer = ServiceLoader.load(Dl4jWriter.class)
                    .findFirst()
                    .orElseThrow(() -> new NoClassDefFoundError("no service " + Dl4jWriter.class.getName()));
            try (OutputStream out = files.create(part, true)) {
                writer.write(model, out);
            }
            files.delete(file, false);
            if (!files.rename(part, file)) {
                throw new IOException("it could not be renamed from " + part);
            }
        } catch (IOException failure) {
            throw new JobException(
                    ExitCode.RESOURCES, "--output %s cannot be written: %s".formatted(file, failure), failure);
        } catch (LinkageError | ServiceConfigurationError missing) {
            throw new JobException(
                    ExitCode.RESOURCES,
                    "export needs DL4J, which is not on the class path: add --jars sparkgrad-dl4j.jar (it is beside sparkgrad.jar)",
                    missing);
        }
    }
}

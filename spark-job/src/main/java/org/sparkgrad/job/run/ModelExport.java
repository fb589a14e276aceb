package org.sparkgrad.job.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.sparkgrad.job.config.OutputSettings;
import org.sparkgrad.job.model.OnnxModel;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.JobException;
import org.sparkgrad.score.ModelFile;

/** Exports the model of a run to formats of other programs, without Spark. */
public final class ModelExport {
    private static final String FILE = "model.json";

    private ModelExport() {}

    /**
     * Writes a model in ONNX, completely or not at all.
     *
     * @param conf Hadoop's configuration
     * @param model the folder of a run, or of the model in a run
     * @return the exported model
     * @throws JobException (USAGE) for a model that the format cannot express, or a file that already exists, (DATA)
     *     for a folder without a readable {@code model.json}, (RESOURCES) if the file cannot be written
     */
    public static ModelFile onnx(Configuration conf, String model, OutputSettings output) {
        ModelFile known = read(conf, model);
        Path file = new Path(output.output());
        Path part = file.suffix(".part");
        try {
            FileSystem files = file.getFileSystem(conf);
            if (files.exists(file) && !output.overwrite()) {
                throw new JobException(
                        ExitCode.USAGE, "--output %s exists: add --overwrite to replace it".formatted(file));
            }
            byte[] bytes = OnnxModel.bytes(known);
            try (OutputStream stream = files.create(part, true)) {
                stream.write(bytes);
            }
            files.delete(file, false);
            if (!files.rename(part, file)) {
                throw new IOException("it could not be renamed from " + part);
            }
            return known;
        } catch (IOException failure) {
            throw new JobException(
                    ExitCode.RESOURCES, "--output %s cannot be written: %s".formatted(file, failure), failure);
        }
    }

    private static ModelFile read(Configuration conf, String model) {
        try {
            Path folder = new Path(model);
            FileSystem files = folder.getFileSystem(conf);
            Path inside = new Path(folder, FILE);
            Path file = files.exists(inside) ? inside : new Path(folder.getParent(), FILE);
            if (!files.exists(file)) {
                throw JobException.data(
                        "There is no %s in or beside %s: name the model of a training run.".formatted(FILE, model));
            }
            try (InputStream stream = files.open(file)) {
                return ModelFile.read(stream);
            }
        } catch (IOException | IllegalArgumentException damaged) {
            throw new JobException(
                    ExitCode.DATA,
                    "The %s of %s cannot be read: %s".formatted(FILE, model, damaged.getMessage()),
                    damaged);
        }
    }
}

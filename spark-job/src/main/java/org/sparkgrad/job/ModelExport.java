package org.sparkgrad.job;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.sparkgrad.job.config.ExportKeys;
import org.sparkgrad.job.model.OnnxModel;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.JobException;
import org.sparkgrad.score.ModelFile;

/** The model of a run in a format of others. */
public final class ModelExport {
    private static final String MODEL = "model.json";

    private ModelExport() {}

    /**
     * Writes it.
     *
     * @param conf Hadoop's configuration
     * @throws JobException (USAGE) for a model that the format cannot express, or a file that is there, (DATA) for a
     *     folder without a readable {@code model.json}, (RESOURCES) if the file cannot be written
     */
    public static void run(Configuration conf, ExportKeys.Export export) {
        byte[] bytes = bytes(read(conf, export.model()), export.format());
        Path file = new Path(export.output().output());
        try {
            FileSystem files = file.getFileSystem(conf);
            if (files.exists(file) && !export.output().overwrite()) {
                throw new JobException(
                        ExitCode.USAGE, "output %s exists: choose another or add --overwrite".formatted(file));
            }
            try (OutputStream stream = files.create(file, true)) {
                stream.write(bytes);
            }
        } catch (IOException failure) {
            throw new JobException(
                    ExitCode.RESOURCES, "%s cannot be written: %s".formatted(file, failure.getMessage()), failure);
        }
    }

    private static ModelFile read(Configuration conf, String run) {
        try {
            Path folder = new Path(run);
            FileSystem files = folder.getFileSystem(conf);
            Path file = new Path(folder.getName().equals("model") ? folder.getParent() : folder, MODEL);
            if (!files.exists(file)) {
                throw JobException.data("%s has no %s: name the output of a training run".formatted(run, MODEL));
            }
            try (InputStream stream = files.open(file)) {
                return ModelFile.read(stream);
            }
        } catch (IOException | IllegalArgumentException damaged) {
            throw new JobException(
                    ExitCode.DATA,
                    "The %s of %s cannot be read: %s".formatted(MODEL, run, damaged.getMessage()),
                    damaged);
        }
    }

    private static byte[] bytes(ModelFile model, ExportKeys.ModelFormat format) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            switch (format) {
                case ONNX -> OnnxModel.write(model, bytes);
            }
            return bytes.toByteArray();
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

package org.sparkgrad.job.cli;

import java.io.PrintStream;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.sparkgrad.job.config.ExportSettings;
import org.sparkgrad.job.config.KeyTable;
import org.sparkgrad.job.model.Dl4jZip;
import org.sparkgrad.job.model.SavedModel;
import org.sparkgrad.job.model.SparkModels;
import org.sparkgrad.job.run.ModelExport;
import org.sparkgrad.score.ModelFile;

/** Exports a saved model to the format of another program. */
final class ExportCommand implements Command {
    @Override
    public String name() {
        return "export";
    }

    @Override
    public String summary() {
        return "Writes a saved model for ONNX runtimes or Deeplearning4j.";
    }

    @Override
    public String example() {
        return "sparkgrad export --model OUTPUT/model --format onnx --output FILE [options]";
    }

    @Override
    public KeyTable options() {
        return ExportSettings.OPTIONS;
    }

    @Override
    public void run(List<String> arguments, PrintStream out, PrintStream err) {
        ExportSettings settings = ExportSettings.read(arguments);
        switch (settings.format()) {
            case ONNX -> onnx(settings, out);
            case DL4J -> dl4j(settings, out);
        }
    }

    /** Exports to ONNX, without a Spark session. */
    private static void onnx(ExportSettings settings, PrintStream out) {
        ModelFile model = ModelExport.onnx(
                SparkHadoopUtil.get().newConfiguration(new SparkConf()), settings.model(), settings.output());
        out.printf(
                "%s takes %d columns, and says how probable each label is: %s%n",
                settings.output().output(), model.columns().size(), String.join(", ", model.labels()));
    }

    private void dl4j(ExportSettings settings, PrintStream out) {
        try (Sessions session = Sessions.start(name())) {
            SavedModel model = SavedModel.load(session.spark(), settings.model());
            Dl4jZip.write(
                    model.scorer(),
                    settings.output(),
                    session.spark().sparkContext().hadoopConfiguration());
            List<String> labels = model.labels();
            out.printf(
                    "%s takes vectors of %d features, as the model's stages make them, and says how probable %s%n",
                    settings.output().output(),
                    model.features(),
                    model.scorer().coefficientMatrix().numRows() == 1
                            ? labels.get(1) + " is, rather than " + labels.get(0)
                            : "each label is: " + String.join(", ", labels));
            SparkModels.leftOut(model.scorer()).ifPresent(out::println);
        }
    }
}

package org.sparkgrad.job.cli;

import java.io.PrintStream;
import java.util.List;
import org.sparkgrad.job.config.ExportSettings;
import org.sparkgrad.job.config.KeyTable;
import org.sparkgrad.job.dl4j.Dl4jZip;
import org.sparkgrad.job.model.SavedModel;

/** Writes a saved model as DL4J's users load it. */
final class ExportCommand implements Command {
    @Override
    public String name() {
        return "export";
    }

    @Override
    public String summary() {
        return "Writes a saved model as a network of Deeplearning4j's, a zip file.";
    }

    @Override
    public String example() {
        return "sparkgrad export --model OUTPUT/model --output FILE.zip [options]";
    }

    @Override
    public KeyTable options() {
        return ExportSettings.OPTIONS;
    }

    @Override
    public void run(List<String> arguments, PrintStream out, PrintStream err) {
        ExportSettings settings = ExportSettings.read(arguments);
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
        }
    }
}

package org.sparkgrad.job.cli;

import java.io.PrintStream;
import java.util.List;
import org.sparkgrad.job.config.KeyTable;
import org.sparkgrad.job.config.OutputSettings;
import org.sparkgrad.job.config.ScoreConfiguration;
import org.sparkgrad.job.config.ScoreKeys;
import org.sparkgrad.job.run.Scoring;

/** Writes the predictions of a saved model. */
final class PredictCommand implements Command {
    @Override
    public String name() {
        return "predict";
    }

    @Override
    public String summary() {
        return "Writes files with a saved model's predictions and probabilities.";
    }

    @Override
    public String example() {
        return "sparkgrad predict --model OUTPUT/model --data FILE --output FOLDER [options]";
    }

    @Override
    public KeyTable options() {
        return ScoreKeys.PREDICT;
    }

    @Override
    public void run(List<String> arguments, PrintStream out, PrintStream err) {
        ScoreConfiguration configuration = ScoreConfiguration.predict(arguments);
        try (Sessions session = Sessions.start(name())) {
            long rows = Scoring.predict(session.spark(), configuration, err::println);
            OutputSettings output = configuration.output();
            out.printf("%d rows in %s%n", rows, output == null ? "" : output.output());
        }
    }
}

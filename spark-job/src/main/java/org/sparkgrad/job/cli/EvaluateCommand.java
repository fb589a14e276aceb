package org.sparkgrad.job.cli;

import java.io.PrintStream;
import java.util.List;
import org.sparkgrad.job.config.KeyTable;
import org.sparkgrad.job.config.ScoreConfiguration;
import org.sparkgrad.job.config.ScoreKeys;
import org.sparkgrad.job.evaluate.Metrics;
import org.sparkgrad.job.report.MetricsTable;
import org.sparkgrad.job.run.Scoring;

/** Measures a saved model. */
final class EvaluateCommand implements Command {
    @Override
    public String name() {
        return "evaluate";
    }

    @Override
    public String summary() {
        return "Measures a saved model on labelled files.";
    }

    @Override
    public String example() {
        return "sparkgrad evaluate --model OUTPUT/model --data FILE [options]";
    }

    @Override
    public KeyTable options() {
        return ScoreKeys.EVALUATE;
    }

    @Override
    public void run(List<String> arguments, PrintStream out, PrintStream err) {
        ScoreConfiguration configuration = ScoreConfiguration.evaluate(arguments);
        try (Sessions session = Sessions.start(name())) {
            Metrics metrics = Scoring.evaluate(session.spark(), configuration, err::println);
            out.print(MetricsTable.text("data", metrics));
        }
    }
}

package org.sparkgrad.job.cli;

import java.io.PrintStream;
import java.util.List;
import org.sparkgrad.job.config.KeyTable;
import org.sparkgrad.job.config.TrainConfiguration;
import org.sparkgrad.job.config.TrainKeys;
import org.sparkgrad.job.config.TrainSettings;
import org.sparkgrad.job.report.MetricsTable;
import org.sparkgrad.job.report.PlanText;
import org.sparkgrad.job.report.Progress;
import org.sparkgrad.job.report.ProgressStreams;
import org.sparkgrad.job.report.TrainingSummary;
import org.sparkgrad.job.run.Trainer;

/** Trains a model. */
final class TrainCommand implements Command {
    @Override
    public String name() {
        return "train";
    }

    @Override
    public String summary() {
        return "Trains a model on files and measures it.";
    }

    @Override
    public String example() {
        return "sparkgrad train --data FILE --output FOLDER [options]";
    }

    @Override
    public KeyTable options() {
        return TrainKeys.COMMAND_LINE;
    }

    @Override
    public void run(List<String> arguments, PrintStream out, PrintStream err) {
        TrainConfiguration configuration = TrainConfiguration.read(arguments);
        TrainSettings settings = configuration.settings();
        Progress progress = ProgressStreams.onStandardError(err);
        try (Sessions session = Sessions.start(name())) {
            if (configuration.dryRun() || settings.output() == null) {
                out.print(PlanText.text(Trainer.plan(session.spark(), settings, progress)));
                return;
            }
            TrainingSummary summary = Trainer.train(session.spark(), settings, configuration.config(), progress);
            out.print(MetricsTable.text(summary, settings.output().output()));
        } finally {
            progress.done();
        }
    }
}

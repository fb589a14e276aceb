package org.sparkgrad.job.cli;

import java.io.PrintStream;
import java.util.List;
import org.sparkgrad.job.config.KeyTable;
import org.sparkgrad.job.config.ScheduledConfiguration;
import org.sparkgrad.job.config.ScheduledKeys;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.JobException;
import org.sparkgrad.job.report.Progress;
import org.sparkgrad.job.report.ProgressStreams;
import org.sparkgrad.job.scheduled.ScheduledResult;
import org.sparkgrad.job.scheduled.ScheduledRun;

/** Trains on new data, compares the model with the promoted one, and promotes or refuses the model. */
final class ScheduledCommand implements Command {
    @Override
    public String name() {
        return "scheduled";
    }

    @Override
    public String summary() {
        return "Trains on new data, compares with the promoted model, and promotes or refuses: for schedulers.";
    }

    @Override
    public String example() {
        return "sparkgrad scheduled --config FILE --registry FOLDER [--run-id 2026-01-31] [options]";
    }

    @Override
    public KeyTable options() {
        return ScheduledKeys.COMMAND_LINE;
    }

    @Override
    public void run(List<String> arguments, PrintStream out, PrintStream err) {
        ScheduledConfiguration configuration = ScheduledConfiguration.read(arguments);
        Progress progress = ProgressStreams.onStandardError(err);
        try (LazySession session = new LazySession(name())) {
            ScheduledResult outcome = ScheduledRun.start(Sessions.hadoop(), session::spark, configuration, progress);
            if (outcome instanceof ScheduledResult.Refused refused) {
                throw new JobException(ExitCode.REFUSED, refused.text());
            }
            out.println(outcome.text());
        } finally {
            progress.done();
        }
    }
}

package org.sparkgrad.job.train;

import java.util.List;
import org.sparkgrad.job.config.OptimizerSettings;
import org.sparkgrad.job.optimize.ConvergenceReason;
import org.sparkgrad.job.optimize.DataProfile;
import org.sparkgrad.job.optimize.Evaluation;
import org.sparkgrad.job.optimize.OptimizerState;
import org.sparkgrad.job.optimize.Optimizers;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.JobException;

/** Refuses what a descent that went away from the optimum leaves: it is no model. */
final class DivergenceCheck {
    private DivergenceCheck() {}

    /**
     * Refuses a training that left the finite numbers.
     *
     * @throws JobException with DIVERGED
     */
    static void refuse(OptimizerState state, OptimizerSettings settings) {
        if (state.stop() == ConvergenceReason.DIVERGED) {
            throw refusal(
                    "the objective is no finite number after step %d; the last finite one was %s"
                            .formatted(state.step(), state.objective()),
                    settings);
        }
    }

    /**
     * Refuses a training that got worse than its start, by more than rounding. Mini-batches that start from a model may well
     * end a little above it: these have to be no worse than coefficients of 0.
     *
     * @param history the objective of each state, the first one that of the start
     * @param atZero the objective of coefficients of 0
     * @throws JobException with DIVERGED
     */
    static void refuseRise(
            List<Double> history, Evaluation end, double atZero, DataProfile data, OptimizerSettings settings) {
        double start = history.get(0);
        double most = Optimizers.isMiniBatch(settings) ? Math.max(start, atZero) : start;
        if (end.objective() > most + data.rounding() * Math.abs(most)) {
            throw refusal("the objective rose from %s to %s".formatted(start, end.objective()), settings);
        }
    }

    private static JobException refusal(String what, OptimizerSettings settings) {
        return new JobException(
                ExitCode.DIVERGED,
                "%s: lower --learning-rate (now %s) or use --standardization true"
                        .formatted(what, Optimizers.learningRate(settings)));
    }
}

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

/** Refuses the result of a training that has diverged from the optimum. */
final class DivergenceCheck {
    private DivergenceCheck() {}

    /**
     * Refuses a training whose objective or coefficients are not finite.
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
     * Refuses a training whose last objective is above its first by more than rounding. Mini-batches that start from a
     * model may end a little above their start. They are compared with the larger of the first objective and the
     * objective at coefficients of 0.
     *
     * @param history the objective of each state, the first at the start
     * @param atZero the objective at coefficients of 0
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

package org.sparkgrad.job.optimize;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.block.Coefficients;

/**
 * A state of a training.
 *
 * @param coefficients the coefficients over trained features
 * @param objective the objective at the coefficients (full batch), or the weighted mean over the batches of the epoch
 *     that led to them (mini-batch); in the first state, the objective at the initial coefficients
 * @param step the number of updates so far
 * @param epoch the number of finished passes of a mini-batch method
 * @param skipped the number of batches so far whose weights summed to 0
 * @param stop the reason why this is the last state, or null
 */
public record OptimizerState(
        Coefficients coefficients,
        double objective,
        int step,
        int epoch,
        int skipped,
        @Nullable ConvergenceReason stop) {
    /** Returns the reason why this is the last state, or empty. */
    public Optional<ConvergenceReason> reason() {
        return Optional.ofNullable(stop);
    }

    /** Returns this state as the last one. */
    OptimizerState stopped(ConvergenceReason reason) {
        return new OptimizerState(coefficients, objective, step, epoch, skipped, reason);
    }

    /** Returns this state without a reason, so that other states can follow. */
    OptimizerState running() {
        return new OptimizerState(coefficients, objective, step, epoch, skipped, null);
    }

    /** Returns this state with other coefficients. */
    OptimizerState at(Coefficients other) {
        return new OptimizerState(other, objective, step, epoch, skipped, stop);
    }

    void save(SavedState to) {
        to.put("coefficients", coefficients.values())
                .put("outputs", coefficients.outputs())
                .put("objective", objective)
                .put("step", step)
                .put("epoch", epoch)
                .put("skipped", skipped);
    }

    static OptimizerState read(SavedState saved) {
        return new OptimizerState(
                coefficients(saved, "coefficients"),
                saved.number("objective"),
                saved.whole("step"),
                saved.whole("epoch"),
                saved.whole("skipped"),
                null);
    }

    /** Returns a vector that was saved beside the state, as coefficients of the same shape. */
    static Coefficients coefficients(SavedState saved, String name) {
        double[] values = saved.vector(name);
        int outputs = saved.whole("outputs");
        return new Coefficients(outputs, values.length / outputs - 1, values);
    }
}

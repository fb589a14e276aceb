package org.sparkgrad.job.optimize;

import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.job.problem.JobException;

/**
 * Stops an optimizer if the loss on held-out rows has not fallen for some states in a row (Prechelt, Early Stopping,
 * But When?, 1998). The last state has the coefficients with the lowest loss on held-out rows, whatever its reason,
 * unless it diverged. Its objective and counts are those of the whole run.
 */
public final class EarlyStopping implements Optimizer {
    private final Optimizer optimizer;
    private final ToDoubleFunction<Coefficients> loss;
    private final int patience;

    /**
     * @param optimizer the optimizer to stop
     * @param loss the loss on held-out rows, for coefficients over trained features
     * @param patience the number of states in a row without a lower loss, at least 1
     */
    public EarlyStopping(Optimizer optimizer, ToDoubleFunction<Coefficients> loss, int patience) {
        this.optimizer = optimizer;
        this.loss = loss;
        this.patience = patience;
    }

    @Override
    public int stepsPerEpoch() {
        return optimizer.stepsPerEpoch();
    }

    @Override
    public Run states(Coefficients initial, StepListener listener) {
        return new Watch(optimizer.states(initial, listener));
    }

    /**
     * {@inheritDoc}
     *
     * @throws JobException if a second evaluation of the best coefficients on the held-out rows gives another loss
     */
    @Override
    public Run resume(SavedState saved, StepListener listener) {
        return new Watch(optimizer.resume(saved, listener), saved);
    }

    /** Measures each state of the optimizer. */
    private final class Watch implements Run {
        private final Run states;
        private @Nullable Coefficients best;
        private double lowest = Double.POSITIVE_INFINITY;
        private int waited;
        private boolean measured = true;

        Watch(Run states) {
            this.states = states;
        }

        Watch(Run states, SavedState saved) {
            this(states);
            Coefficients known = OptimizerState.coefficients(saved, "bestCoefficients");
            best = known;
            lowest = saved.number("lowestLoss");
            waited = saved.whole("statesWaited");
            if (Double.compare(loss.applyAsDouble(known), lowest) != 0) {
                throw JobException.data(
                        "the held-out rows give the saved coefficients another loss than they had: the data have changed");
            }
        }

        @Override
        public boolean isSavable() {
            return best != null && measured && states.isSavable();
        }

        @Override
        public void save(SavedState to) {
            states.save(to);
            to.put("bestCoefficients", Objects.requireNonNull(best).values())
                    .put("lowestLoss", lowest)
                    .put("statesWaited", waited);
        }

        @Override
        public boolean hasNext() {
            return waited < patience && states.hasNext();
        }

        @Override
        public OptimizerState next() {
            if (waited >= patience) {
                throw new java.util.NoSuchElementException();
            }
            OptimizerState state = states.next();
            if (state.stop() == ConvergenceReason.DIVERGED) {
                return state;
            }
            Coefficients lowestSoFar = measure(state.coefficients());
            ConvergenceReason stop = state.stop();
            if (stop != null) {
                boolean earlier = lowestSoFar != state.coefficients();
                OptimizerState there = state.at(lowestSoFar);
                return earlier && stop.isConverged() ? there.stopped(ConvergenceReason.EARLY_STOPPED) : there;
            }
            return waited < patience ? state : state.at(lowestSoFar).stopped(ConvergenceReason.EARLY_STOPPED);
        }

        private Coefficients measure(Coefficients coefficients) {
            measured = false;
            double here = loss.applyAsDouble(coefficients);
            measured = true;
            Coefficients before = best;
            if (before != null && !(here < lowest)) {
                waited++;
                return before;
            }
            waited = 0;
            lowest = here;
            best = coefficients;
            return coefficients;
        }
    }
}

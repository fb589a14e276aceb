package org.sparkgrad.job.optimize;

import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.block.Coefficients;

/**
 * Finds a step along a descent direction by the weak Wolfe conditions: the objective falls by at least a part of the
 * decrease that its slope predicts, and the slope becomes flatter. Lewis and Overton, Nonsmooth Optimization via
 * Quasi-Newton Methods, 2013, with interpolation instead of bisection. The search tries step 1 first, which is usually
 * accepted: each trial is a pass.
 */
final class LineSearch {
    private static final double DECREASE = 1e-4;
    private static final double FLATTER = 0.9;
    private static final double MARGIN = 0.1;
    private static final double FARTHEST = 10;
    private static final int MOST_TRIALS = 20;

    private final Objective objective;
    private final double noise;

    /** @param noise the largest relative change of the objective that may be rounding */
    LineSearch(Objective objective, double noise) {
        this.objective = objective;
        this.noise = noise;
    }

    /** An end of the interval that contains the step: the step, and the objective and slope there. */
    private record End(double step, double value, double slope) {}

    /** A point on the line, and the evaluation there. */
    record Trial(Coefficients point, Evaluation at) {
        double value() {
            return at.objective();
        }
    }

    /**
     * Returns the accepted step, else the trial with the lowest objective; null if no trial is below the start of the
     * line.
     */
    @Nullable
    Trial search(OptimizerState from, double[] gradient, double[] direction) {
        double value = from.objective();
        double slope = Vectors.dot(gradient, direction);
        double allowed = noise * Math.abs(value);
        End low = new End(0, value, slope);
        End high = null;
        Trial best = null;
        double step = 1;
        for (int i = 0; i < MOST_TRIALS; i++) {
            Trial trial = trial(from.coefficients(), direction, step);
            boolean finite = trial.at.isFinite();
            if (finite && trial.value() < (best == null ? value : best.value())) {
                best = trial;
            }
            double slopeThere = Vectors.dot(trial.at.gradient(), direction);
            boolean rounded = Math.abs(trial.value() - value) <= allowed && Math.abs(slopeThere) <= -slope;
            if (!finite || !(rounded || trial.value() <= value + DECREASE * step * slope)) {
                high = new End(step, trial.value(), slopeThere);
            } else if (!rounded && slopeThere < FLATTER * slope) {
                low = new End(step, trial.value(), slopeThere);
            } else {
                return trial.value() < value ? trial : null;
            }
            step = high == null ? beyond(low, slope) : between(low, high);
        }
        return best;
    }

    private Trial trial(Coefficients from, double[] direction, double step) {
        double[] values = from.values().clone();
        Vectors.add(values, step, direction);
        Coefficients point = new Coefficients(from.outputs(), from.features(), values);
        return new Trial(point, objective.evaluate(point));
    }

    /** Returns the step where the slope would be 0 by linear extrapolation, limited to a range. */
    private static double beyond(End low, double slope) {
        double zero = low.step * slope / (slope - low.slope);
        return low.slope <= slope ? FARTHEST * low.step : Math.max(2 * low.step, Math.min(FARTHEST * low.step, zero));
    }

    /**
     * Returns the minimum of the parabola through the lower end, its slope and the value of the other end, at a
     * distance from both ends.
     */
    private static double between(End low, End high) {
        double width = high.step - low.step;
        double least = low.step + MARGIN * width;
        if (!Double.isFinite(high.value)) {
            return least;
        }
        double curve = (high.value - low.value - low.slope * width) / (width * width);
        double minimum = low.step - low.slope / (2 * curve);
        return curve > 0 ? Math.max(least, Math.min(high.step - MARGIN * width, minimum)) : least;
    }
}

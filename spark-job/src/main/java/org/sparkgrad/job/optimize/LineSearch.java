package org.sparkgrad.job.optimize;

import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.block.Coefficients;

/**
 * A step along a direction of descent by the weak Wolfe conditions: the objective falls by a part of what its slope
 * promises, and the slope has become flatter. Lewis and Overton, Nonsmooth Optimization via Quasi-Newton Methods, 2013,
 * with interpolation in the place of bisection. Step 1 is tried first, and is mostly the last: each trial is a pass.
 */
final class LineSearch {
    private static final double DECREASE = 1e-4;
    private static final double FLATTER = 0.9;
    private static final double MARGIN = 0.1;
    private static final double FARTHEST = 10;
    private static final int MOST_TRIALS = 20;

    private final Objective objective;
    private final double noise;

    /** @param noise changes of the objective, relative to it, that say nothing */
    LineSearch(Objective objective, double noise) {
        this.objective = objective;
        this.noise = noise;
    }

    /** A point on the line: how far, where, and the objective with its slope there. */
    record Trial(double step, Coefficients point, Evaluation at, double slope) {
        double value() {
            return at.objective();
        }
    }

    /** Returns the step, or else the lowest of the trials; null when none is lower than where the line starts. */
    @Nullable Trial search(Coefficients from, Evaluation start, double[] direction) {
        Trial low = new Trial(0, from, start, Vectors.dot(start.gradient(), direction));
        double value = low.value();
        double slope = low.slope;
        double allowed = noise * Math.abs(value);
        Trial best = low;
        Trial high = null;
        double step = 1;
        for (int i = 0; i < MOST_TRIALS; i++) {
            Trial trial = trial(from, direction, step);
            if (trial.at.isFinite() && trial.value() < best.value()) {
                best = trial;
            }
            boolean rounded = Math.abs(trial.value() - value) <= allowed && Math.abs(trial.slope) <= -slope;
            if (!trial.at.isFinite() || !(rounded || trial.value() <= value + DECREASE * step * slope)) {
                high = trial;
            } else if (!rounded && trial.slope < FLATTER * slope) {
                low = trial;
            } else {
                return trial.value() < value ? trial : null;
            }
            step = high == null ? beyond(low, slope) : between(low, high);
        }
        return best.step > 0 ? best : null;
    }

    private Trial trial(Coefficients from, double[] direction, double step) {
        double[] values = from.values().clone();
        Vectors.add(values, step, direction);
        Coefficients point = new Coefficients(from.outputs(), from.features(), values);
        Evaluation at = objective.evaluate(point);
        return new Trial(step, point, at, Vectors.dot(at.gradient(), direction));
    }

    /** Where the slope would be 0 if it went on as it has, but not too near and not too far. */
    private static double beyond(Trial low, double slope) {
        double zero = low.step * slope / (slope - low.slope);
        return low.slope <= slope ? FARTHEST * low.step : Math.max(2 * low.step, Math.min(FARTHEST * low.step, zero));
    }

    /** The minimum of the parabola through the lower end, its slope and the other end's value, kept off both ends. */
    private static double between(Trial low, Trial high) {
        double width = high.step - low.step;
        double least = low.step + MARGIN * width;
        if (!high.at.isFinite()) {
            return least;
        }
        double curve = (high.value() - low.value() - low.slope * width) / (width * width);
        double minimum = low.step - low.slope / (2 * curve);
        return curve > 0 ? Math.max(least, Math.min(high.step - MARGIN * width, minimum)) : least;
    }
}

package org.sparkgrad.job.optimize;

import org.sparkgrad.job.config.OptimizerSettings;
import org.sparkgrad.job.config.OptimizerSettings.Method;
import org.sparkgrad.job.config.OptimizerSettings.ScheduleKind;

/** Settings to an optimizer. */
public final class Optimizers {
    /** Rows of a step where none are given. */
    private static final int DEFAULT_BATCH_SIZE = 256;

    private Optimizers() {}

    /** Makes the updater of a mini-batch method for so many coefficients. */
    @FunctionalInterface
    public interface UpdaterFactory {
        /** Returns a new updater. */
        Updater create(Method method, int coefficients);
    }

    /** Returns the method that AUTO stands for, or the one asked for. */
    public static Method method(OptimizerSettings settings) {
        if (settings.optimizer() != Method.AUTO) {
            return settings.optimizer();
        }
        return settings.batchSize() == null ? Method.LBFGS : Method.ADAM;
    }

    /** Returns B for N rows of data; N for a full-batch method. */
    public static long batchSize(OptimizerSettings settings, long rows) {
        return switch (method(settings)) {
            case AUTO, LBFGS, GD -> rows;
            case SGD, ADAM -> settings.batchSize() == null
                    ? Math.min(rows, DEFAULT_BATCH_SIZE)
                    : settings.batchSize();
        };
    }

    /**
     * Returns the optimizer.
     *
     * @param rows N
     * @param coefficients K x (F + 1)
     */
    public static Optimizer of(
            OptimizerSettings settings, Objective objective, long rows, int coefficients, UpdaterFactory updaters) {
        Method method = method(settings);
        Schedule schedule = schedule(settings, method);
        return switch (method) {
            case AUTO, LBFGS -> new Lbfgs(objective, settings.maxIter(), settings.tol());
            case GD -> new FullBatchDescent(
                    objective, new GradientDescent(), schedule, settings.maxIter(), settings.tol());
            case SGD, ADAM -> new MiniBatchDescent(
                    objective,
                    updaters.create(method, coefficients),
                    schedule,
                    slots(rows, batchSize(settings, rows)),
                    settings.epochs(),
                    settings.tol(),
                    settings.seed());
        };
    }

    private static int slots(long rows, long batchSize) {
        return Math.toIntExact((rows + batchSize - 1) / batchSize);
    }

    private static Schedule schedule(OptimizerSettings settings, Method method) {
        Double given = settings.learningRate();
        double rate = given != null ? given : defaultRate(method);
        return settings.schedule() == ScheduleKind.STEP
                ? new Schedule.Step(rate, settings.scheduleDecay(), settings.scheduleSteps())
                : new Schedule.Constant(rate);
    }

    /** Returns the learning rate of a method where none is given. */
    public static double defaultRate(Method method) {
        return method == Method.ADAM ? 0.01 : 0.1;
    }
}

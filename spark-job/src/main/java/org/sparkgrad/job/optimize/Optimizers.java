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
        if (!isMiniBatch(settings)) {
            return rows;
        }
        return settings.batchSize() == null ? Math.min(rows, DEFAULT_BATCH_SIZE) : settings.batchSize();
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
        Schedule schedule = schedule(settings);
        return switch (method) {
            case AUTO, LBFGS -> new Lbfgs(objective, settings.maxIter(), settings.tol());
            case GD ->
                new FullBatchDescent(objective, new GradientDescent(), schedule, settings.maxIter(), settings.tol());
            case SGD, ADAM ->
                new MiniBatchDescent(
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

    /** Returns whether the method takes more than one step a pass. */
    public static boolean isMiniBatch(OptimizerSettings settings) {
        return switch (method(settings)) {
            case SGD, ADAM -> true;
            case AUTO, LBFGS, GD -> false;
        };
    }

    /** Returns the most epochs of a mini-batch method, or the most steps of a full-batch one. */
    public static int limit(OptimizerSettings settings) {
        return isMiniBatch(settings) ? settings.epochs() : settings.maxIter();
    }

    /** Returns the first learning rate: the one given, or the method's own. */
    public static double learningRate(OptimizerSettings settings) {
        Double given = settings.learningRate();
        return given != null ? given : method(settings) == Method.ADAM ? 0.01 : 0.1;
    }

    private static Schedule schedule(OptimizerSettings settings) {
        double rate = learningRate(settings);
        return settings.schedule() == ScheduleKind.STEP
                ? new Schedule.Step(rate, settings.scheduleDecay(), settings.scheduleSteps())
                : new Schedule.Constant(rate);
    }
}

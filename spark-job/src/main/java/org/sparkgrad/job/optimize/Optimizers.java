package org.sparkgrad.job.optimize;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.loss.Loss;
import org.sparkgrad.job.config.OptimizerSettings;
import org.sparkgrad.job.config.OptimizerSettings.Method;

/** Settings to an optimizer. */
public final class Optimizers {
    /** Rows of a step where none are given. */
    private static final int DEFAULT_BATCH_SIZE = 256;

    private Optimizers() {}

    /** Returns the method that AUTO stands for, or the one asked for. */
    public static Method method(OptimizerSettings settings) {
        return settings.optimizer().resolved(settings.batchSize() != null);
    }

    /** Returns B for N rows of data; N for a full-batch method. */
    public static long batchSize(OptimizerSettings settings, long rows) {
        if (!isMiniBatch(settings)) {
            return rows;
        }
        return settings.batchSize() == null ? Math.min(rows, DEFAULT_BATCH_SIZE) : settings.batchSize();
    }

    /**
     * Returns the optimizer; its seconds count from now.
     *
     * @param data what is known of the rows
     * @param certificate of the same objective and data
     * @throws IllegalArgumentException for an L1 penalty with a method that takes none
     */
    public static Optimizer of(
            OptimizerSettings settings, Objective objective, DataProfile data, OptimalityCheck certificate) {
        Method method = method(settings);
        if (objective.regularization().l1() > 0 && !method.takesL1()) {
            throw new IllegalArgumentException(method + " takes no L1 penalty");
        }
        int slots = isMiniBatch(settings) ? slots(data.rows(), batchSize(settings, data.rows())) : 1;
        Schedule schedule = Schedules.of(settings.schedule(), learningRate(settings), (long) limit(settings) * slots);
        Deadline deadline = Deadline.in(settings.maxSeconds());
        return switch (method) {
            case AUTO, LBFGS ->
                new Lbfgs(objective, data.noise(), certificate, settings.maxIter(), settings.tol(), deadline);
            case GD ->
                new FullBatchDescent(
                        objective,
                        certificate,
                        new GradientDescent(),
                        schedule,
                        settings.maxIter(),
                        settings.tol(),
                        deadline);
            case SGD, MOMENTUM, NESTEROV, ADAGRAD, RMSPROP, ADAM, AMSGRAD, NADAM ->
                new MiniBatchDescent(
                        objective,
                        certificate,
                        Updaters.of(method, data.loss().outputs() * (data.features() + 1)),
                        schedule,
                        slots,
                        settings.epochs(),
                        settings.tol(),
                        settings.seed(),
                        deadline);
        };
    }

    /**
     * Returns L-BFGS-B, whatever method the settings say.
     *
     * @param bounds of coefficients over trained features
     * @param certificate within these bounds
     * @throws IllegalArgumentException for an L1 penalty, which has no meaning within bounds here as in MLlib
     */
    public static Optimizer within(
            Bounds bounds, OptimizerSettings settings, Objective objective, OptimalityCheck certificate) {
        if (objective.regularization().l1() > 0) {
            throw new IllegalArgumentException("bounds and an L1 penalty exclude each other");
        }
        Deadline deadline = Deadline.in(settings.maxSeconds());
        return new BoundedLbfgs(objective, certificate, settings.maxIter(), settings.tol(), bounds, deadline);
    }

    /**
     * Returns the method for all rows, or a batch of them, whatever the settings say; where they leave it open, one that fits
     * the data. Its seconds count from now.
     *
     * @param data what is known of the rows
     * @param bounds of coefficients over trained features; null is none
     * @param certificate of the same objective, data and bounds
     * @throws IllegalArgumentException for an L1 penalty with a method, or bounds, that take none
     */
    public static ChosenMethod choose(
            OptimizerSettings settings,
            Objective objective,
            DataProfile data,
            @Nullable Bounds bounds,
            OptimalityCheck certificate) {
        if (bounds != null) {
            return new ChosenMethod(
                    within(bounds, settings, objective, certificate), "lbfgs-b", "coefficients have bounds");
        }
        Method method = method(settings);
        if (settings.optimizer() == Method.AUTO && !method.isMiniBatch()) {
            return new AutoMethod(settings, objective, data, certificate).choose();
        }
        return new ChosenMethod(
                of(settings, objective, data, certificate),
                method.name().toLowerCase(Locale.ROOT),
                settings.optimizer() == Method.AUTO ? "a batch size was given" : "asked for");
    }

    /**
     * Returns how many numbers the matrix has that {@link #choose} may ask for, (F + 1) x (F + 1), or 0.
     *
     * @param features F
     * @param rows N
     */
    public static long matrix(OptimizerSettings settings, Loss loss, int features, long rows) {
        boolean open = settings.optimizer() == Method.AUTO && !isMiniBatch(settings);
        return open && AutoMethod.mayHaveMatrix(loss, features, rows) ? (features + 1L) * (features + 1) : 0;
    }

    private static int slots(long rows, long batchSize) {
        return Math.toIntExact((rows + batchSize - 1) / batchSize);
    }

    /** Returns whether the method takes more than one step a pass. */
    public static boolean isMiniBatch(OptimizerSettings settings) {
        return method(settings).isMiniBatch();
    }

    /**
     * Returns whether the method is better off with features around 0 even where they are not standardised; for plain descent
     * that would be another way, and its learning rates are for the features as they are.
     */
    public static boolean centres(OptimizerSettings settings) {
        return method(settings) == Method.LBFGS;
    }

    /** Returns the most epochs of a mini-batch method, or the most steps of a full-batch one. */
    public static int limit(OptimizerSettings settings) {
        return isMiniBatch(settings) ? settings.epochs() : settings.maxIter();
    }

    /**
     * Returns the first learning rate: the one given, or the method's own. Plain descent moves by rate times gradient;
     * momentum of 0.9 makes ten times as much of it, Adam and its like move each coefficient by about the rate, and
     * ND4J's Nadam by far more in its first steps.
     */
    public static double learningRate(OptimizerSettings settings) {
        Double given = settings.learningRate();
        if (given != null) {
            return given;
        }
        return switch (method(settings)) {
            case AUTO, LBFGS, GD, SGD, ADAGRAD -> 0.1;
            case MOMENTUM, NESTEROV, RMSPROP, ADAM, AMSGRAD -> 0.01;
            case NADAM -> 0.001;
        };
    }
}

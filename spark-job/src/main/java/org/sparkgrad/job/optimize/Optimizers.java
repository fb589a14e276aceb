package org.sparkgrad.job.optimize;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.loss.Loss;
import org.sparkgrad.job.config.OptimizerSettings;
import org.sparkgrad.job.config.OptimizerSettings.Method;

/** Creates optimizers from settings. */
public final class Optimizers {
    /** The default number of rows of a step. */
    private static final int DEFAULT_BATCH_SIZE = 256;

    private Optimizers() {}

    /** Returns the method of the settings; for AUTO, the method that it stands for. */
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
     * Returns the optimizer. Its time limit starts now.
     *
     * @param data the profile of the rows
     * @param certificate the optimality check of the same objective and data
     * @throws IllegalArgumentException for an L1 penalty with a method that does not support it
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
     * Returns L-BFGS-B, whatever the method of the settings is.
     *
     * @param bounds the bounds of coefficients over trained features
     * @param certificate the optimality check with these bounds
     * @throws IllegalArgumentException for an L1 penalty, which is not supported within bounds, as in MLlib
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
     * Returns the method for all rows or for batches, whatever the settings are. If the settings leave the method open,
     * the data decide. The time limit starts now.
     *
     * @param data the profile of the rows
     * @param bounds the bounds of coefficients over trained features; null for none
     * @param certificate the optimality check of the same objective, data and bounds
     * @throws IllegalArgumentException for an L1 penalty with a method or bounds that do not support it
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
     * Returns the number of elements of the matrix that {@link #choose} may use, (F + 1) x (F + 1), or 0.
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

    /** Returns whether the method takes more than one step per pass. */
    public static boolean isMiniBatch(OptimizerSettings settings) {
        return method(settings).isMiniBatch();
    }

    /**
     * Returns whether the method is faster with features around 0 even if features are not standardised. Plain descent
     * is not centred, because it would take other steps, and its learning rates are meant for unchanged features.
     */
    public static boolean centres(OptimizerSettings settings) {
        return method(settings) == Method.LBFGS;
    }

    /** Returns the largest number of epochs of a mini-batch method, or of steps of a full-batch method. */
    public static int limit(OptimizerSettings settings) {
        return isMiniBatch(settings) ? settings.epochs() : settings.maxIter();
    }

    /**
     * Returns the first learning rate: the rate of the settings, or the default of the method. Plain descent moves by
     * rate times gradient. Momentum of 0.9 makes steps ten times as long. Adam and similar methods move each
     * coefficient by about the rate; ND4J's Nadam moves much more in its first steps.
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

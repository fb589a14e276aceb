package org.sparkgrad.job.optimize;

import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.PackedTriangle;
import org.sparkgrad.gpu.loss.LogisticLoss;
import org.sparkgrad.gpu.loss.Loss;
import org.sparkgrad.job.config.OptimizerSettings;
import org.sparkgrad.job.exchange.pass.BatchSlot;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.JobException;

/**
 * Chooses the full-batch method of {@code --optimizer auto} for an objective and the size of the data. All methods have
 * the same optimum; the chosen one was measured to need few passes. The choice is a function of data and configuration
 * alone.
 */
final class AutoMethod {
    /** With more features, the matrix takes too much of a worker's memory. */
    private static final int MOST_FEATURES = 4000;

    /** The Cholesky factor of this many features takes about a second at most. */
    private static final int FEW_FEATURES = 1000;

    /** For F features, the factor takes about as long as F^2 / 64 N passes. */
    private static final long PASSES_FOR_FACTOR = 64;

    /** The number of products K x F^2 of a step that the driver computes in about 20 ms. */
    private static final long PRODUCTS_OF_STEP = 1L << 24;

    /** With more rows per feature than this, the driver's part of a step is the smaller part. */
    private static final long ROWS_PER_FEATURE = 16;

    /** A sample with this many rows per feature is as good as all rows; measured on MNIST and on correlated columns. */
    private static final long SAMPLE_PER_FEATURE = 32;

    private static final long LEAST_SAMPLE = 8192;

    /**
     * The number of matrices in memory: the sum, the sums that arrive from workers, and the factor with its work
     * arrays.
     */
    private static final long MATRICES = 8;

    /** The number of products N x F^2 that take no longer than a Spark job. */
    private static final long PRODUCTS_OF_JOB = 2_000_000_000L;

    private static final int NEWTON_FEATURES = 500;

    /** F / 16 steps take as long as the second derivatives of all rows. */
    private static final int FEATURES_PER_STEP = 16;

    private final OptimizerSettings settings;
    private final Objective objective;
    private final DataProfile data;
    private final OptimalityCheck certificate;
    private final Deadline deadline;

    AutoMethod(OptimizerSettings settings, Objective objective, DataProfile data, OptimalityCheck certificate) {
        this.settings = settings;
        this.objective = objective;
        this.data = data;
        this.certificate = certificate;
        this.deadline = Deadline.in(settings.maxSeconds());
    }

    /** Returns the method and the reason for its choice. */
    ChosenMethod choose() {
        String refused = refusal();
        if (objective.regularization().l1() > 0) {
            return refused.isEmpty() && hasNewton()
                    ? new ChosenMethod(
                            new ProximalNewton(
                                    objective,
                                    data,
                                    certificate,
                                    this::model,
                                    settings.maxIter(),
                                    settings.tol(),
                                    deadline),
                            "proximal-newton",
                            "L1 penalty, one output, " + data.features() + " features")
                    : new ChosenMethod(
                            new Lbfgs(
                                    objective, data.noise(), certificate, settings.maxIter(), settings.tol(), deadline),
                            "lbfgs",
                            "L1 penalty, " + (refused.isEmpty() ? "several outputs" : refused));
        }
        return refused.isEmpty()
                ? new ChosenMethod(
                        preconditioned(this::factor),
                        hasNewton() ? "newton-lbfgs" : "gram-lbfgs",
                        "%d features, %s".formatted(data.features(), sample()))
                : new ChosenMethod(preconditioned(this::diagonal), "diagonal-lbfgs", refused);
    }

    private PreconditionedLbfgs preconditioned(ModelledRun.Source<Preconditioner> source) {
        return new PreconditionedLbfgs(
                objective, data, certificate, source, settings.maxIter(), settings.tol(), deadline);
    }

    private String refusal() {
        String refused = refusal(data.loss(), data.features(), data.rows());
        if (refused.isEmpty()) {
            refuseSmallHeap();
        }
        return refused;
    }

    /** Returns the reason why no matrix of all pairs of features is used, or an empty text. */
    private static String refusal(Loss loss, long features, long rows) {
        long outputs = loss.outputs();
        if (features > MOST_FEATURES) {
            return features + " features";
        }
        if (features > FEW_FEATURES && features * features > PASSES_FOR_FACTOR * rows) {
            return "%d features of only %d rows".formatted(features, rows);
        }
        boolean slow = outputs * features * features > PRODUCTS_OF_STEP && features * ROWS_PER_FEATURE > rows;
        return slow ? "%d features, %d outputs, only %d rows".formatted(features, outputs, rows) : "";
    }

    /** Returns whether a method may use a matrix of all pairs of features. */
    static boolean mayHaveMatrix(Loss loss, int features, long rows) {
        return refusal(loss, features, rows).isEmpty();
    }

    /**
     * Refuses a heap that is too small for the matrix. The method, and with it the last bits of the model, must not
     * depend on memory.
     */
    private void refuseSmallHeap() {
        long bytes = MATRICES * Double.BYTES * PackedTriangle.length(data.features() + 1);
        long heap = Runtime.getRuntime().maxMemory();
        if (bytes > heap) {
            throw new JobException(
                    ExitCode.RESOURCES,
                    "the matrix of %d features needs some %d MiB of the driver's heap, which has %d: %s"
                            .formatted(
                                    data.features(),
                                    bytes >> 20,
                                    heap >> 20,
                                    "give --driver-memory more, or use --optimizer lbfgs, which needs no matrix"));
        }
    }

    /** Returns whether the second derivatives are one matrix that can be computed fast. */
    private boolean hasNewton() {
        return data.loss() instanceof LogisticLoss && data.features() <= NEWTON_FEATURES;
    }

    private BatchSlot slot() {
        long rows = Math.max(LEAST_SAMPLE, SAMPLE_PER_FEATURE * data.features());
        return new BatchSlot(0, (int) Math.min(Integer.MAX_VALUE, Math.max(1, data.rows() / rows)));
    }

    private String sample() {
        int slots = slot().slots();
        return slots == 1 ? "all rows" : "a sample of 1/" + slots + " of the rows";
    }

    private @Nullable Preconditioner diagonal(int step, Coefficients coefficients, double weightSum) {
        return step > 0
                ? null
                : new DiagonalPreconditioner(data, objective.regularization().l2(), objective.fitIntercept());
    }

    private @Nullable Preconditioner factor(int step, Coefficients coefficients, double weightSum) {
        QuadraticModel model = model(step, coefficients, weightSum);
        return model == null ? null : new GramPreconditioner(model, data.ridge());
    }

    /**
     * Returns a new model of second derivatives for a step, or null to keep the last model. Step 0 uses the rows of a
     * slot, or, if this is fast, the second derivatives of a logistic loss over all rows. Later steps whose number is a
     * power of two use these second derivatives again, once the previous steps have taken as long.
     */
    private @Nullable QuadraticModel model(int step, Coefficients coefficients, double weightSum) {
        long features = data.features();
        boolean quick = hasNewton() && data.rows() * features * features <= PRODUCTS_OF_JOB;
        long first = quick ? 0 : Math.max(1, features / FEATURES_PER_STEP);
        if (hasNewton() && step >= first && Integer.bitCount(step) <= 1) {
            return QuadraticModel.at(objective, data, coefficients, weightSum);
        }
        return step == 0 ? QuadraticModel.near(objective, data, slot()) : null;
    }
}

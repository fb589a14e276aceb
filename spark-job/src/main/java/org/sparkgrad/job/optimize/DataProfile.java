package org.sparkgrad.job.optimize;

import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.loss.Loss;
import org.sparkgrad.job.shard.FeatureScale;
import org.sparkgrad.job.shard.Statistics;

/** What is known of the rows, and of how they are summed, before the first step. */
public final class DataProfile {
    private final Loss loss;
    private final Precision precision;
    private final long rows;
    private final double[] mean;
    private final double[] deviation;

    /**
     * @param loss with K outputs
     * @param precision of the sums inside a block
     * @param statistics of the original features
     * @param scale from original to trained features
     * @param features F
     */
    public DataProfile(Loss loss, Precision precision, Statistics statistics, FeatureScale scale, int features) {
        this(loss, precision, statistics.rows(), new double[features], new double[features]);
        for (int j = 0; j < features; j++) {
            mean[j] = scale.apply(j, statistics.mean(j));
            deviation[j] = scale.applyToDeviation(j, statistics.deviation(j));
        }
    }

    /**
     * @param loss with K outputs
     * @param precision of the sums inside a block
     * @param rows N
     * @param mean of trained features; not copied
     * @param deviation of trained features; not copied
     */
    public DataProfile(Loss loss, Precision precision, long rows, double[] mean, double[] deviation) {
        this.loss = loss;
        this.precision = precision;
        this.rows = rows;
        this.mean = mean;
        this.deviation = deviation;
    }

    /** Returns the loss. */
    Loss loss() {
        return loss;
    }

    /** Returns N. */
    long rows() {
        return rows;
    }

    /** Returns F. */
    int features() {
        return mean.length;
    }

    /** Returns the mean of a trained feature. */
    double mean(int feature) {
        return mean[feature];
    }

    /** Returns the deviation of a trained feature; 0 of one that never changes. */
    double deviation(int feature) {
        return deviation[feature];
    }

    /** Returns the mean square of a trained feature. */
    double meanSquare(int feature) {
        return deviation[feature] * deviation[feature] + mean[feature] * mean[feature];
    }

    /**
     * Returns the mean second derivative of the loss by a margin where all classes are as likely: (1 / K)(1 - 1 / K), and
     * 1/4 for one output.
     */
    double curvature() {
        double share = loss.outputs() == 1 ? 0.5 : 1.0 / loss.outputs();
        return share * (1 - share);
    }

    /** Returns the changes of an objective, relative to it, that may be rounding and nothing else. */
    double noise() {
        return switch (precision) {
            case FLOAT -> 1e-8;
            case DOUBLE -> 4e-15;
        };
    }

    /** Returns the error of a sum that engines promise to stay below, relative to the sum of its terms' sizes. */
    public double rounding() {
        return switch (precision) {
            case FLOAT -> 2e-6;
            case DOUBLE -> 1e-12;
        };
    }

    /** Returns the largest {@link OptimalityCheck} of coefficients that may be called an optimum. */
    double largestCertificate() {
        return switch (precision) {
            case FLOAT -> 1e-3;
            case DOUBLE -> 1e-5;
        };
    }

    /** Returns what rounding may take off the diagonal of a matrix of sums, relative to it. */
    double ridge() {
        return switch (precision) {
            case FLOAT -> 1e-6;
            case DOUBLE -> 1e-11;
        };
    }

    /** Returns the deviation of a trained feature; 1 of one that never changes, and of the intercept. */
    double unit(int feature) {
        return feature == features() || deviation[feature] == 0 ? 1 : deviation[feature];
    }

    /** Returns the norm of a gradient, K x (F + 1), by coefficients of features of deviation 1, as MLlib has them. */
    double norm(double[] gradient) {
        double squares = 0;
        int row = features() + 1;
        for (int i = 0; i < gradient.length; i++) {
            double unit = unit(i % row);
            squares += gradient[i] / unit * (gradient[i] / unit);
        }
        return Math.sqrt(squares);
    }
}

package org.sparkgrad.job.optimize;

import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.loss.Loss;
import org.sparkgrad.job.shard.FeatureScale;
import org.sparkgrad.job.shard.Statistics;

/** The properties of the rows, and of their summation, that are known before the first step. */
public final class DataProfile {
    private final Loss loss;
    private final Precision precision;
    private final long rows;
    private final double[] mean;
    private final double[] deviation;

    /**
     * @param loss the loss, with K outputs
     * @param precision the precision of the sums inside a block
     * @param statistics the statistics of the original features
     * @param scale the scale from original to trained features
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
     * @param loss the loss, with K outputs
     * @param precision the precision of the sums inside a block
     * @param rows N
     * @param mean the means of trained features; not copied
     * @param deviation the deviations of trained features; not copied
     */
    public DataProfile(Loss loss, Precision precision, long rows, double[] mean, double[] deviation) {
        this.loss = loss;
        this.precision = precision;
        this.rows = rows;
        this.mean = mean;
        this.deviation = deviation;
    }

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

    /** Returns the deviation of a trained feature; 0 for a constant feature. */
    double deviation(int feature) {
        return deviation[feature];
    }

    /** Returns the mean square of a trained feature. */
    double meanSquare(int feature) {
        return deviation[feature] * deviation[feature] + mean[feature] * mean[feature];
    }

    /**
     * Returns the mean second derivative of the loss by a margin if all classes have the same probability: (1 / K)(1 -
     * 1 / K), and 1/4 for one output.
     */
    double curvature() {
        double share = loss.outputs() == 1 ? 0.5 : 1.0 / loss.outputs();
        return share * (1 - share);
    }

    /** Returns the largest relative change of an objective that may be rounding. */
    double noise() {
        return switch (precision) {
            case FLOAT -> 1e-8;
            case DOUBLE -> 4e-15;
        };
    }

    /** Returns the error bound of a sum in an engine, relative to the sum of the terms' absolute values. */
    public double rounding() {
        return switch (precision) {
            case FLOAT -> 2e-6;
            case DOUBLE -> 1e-12;
        };
    }

    /** Returns the largest certificate of {@link OptimalityCheck} at which coefficients may be called an optimum. */
    double largestCertificate() {
        return switch (precision) {
            case FLOAT -> 1e-3;
            case DOUBLE -> 1e-5;
        };
    }

    /** Returns the largest relative rounding error of the diagonal of a matrix of sums. */
    double ridge() {
        return switch (precision) {
            case FLOAT -> 1e-6;
            case DOUBLE -> 1e-11;
        };
    }

    /** Returns the deviation of a trained feature; 1 for a constant feature and for the intercept. */
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

package org.sparkgrad.job.shard;

import java.io.Serializable;
import java.util.Arrays;
import java.util.HexFormat;
import org.sparkgrad.job.problem.JobException;

/**
 * The number of rows, the weights per class, and the weighted mean and deviation of each feature. A shard is summed in
 * two passes (the mean, then squares around the mean). Shards are merged as in Chan, Golub and LeVeque, Updating
 * Formulae and a Pairwise Algorithm for Computing Sample Variances, 1979.
 */
public final class Statistics implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final String CHANGING =
            "what is read changes from one time to the next. Persist the rows, or write" + " them to files first.";

    private long rows;
    private long nonzeros;
    private double weightSum;
    private double weightSquareSum;
    private final long[] classRows;
    private final double[] mean;
    private final double[] squares;
    private final double[] minimum;
    private final double[] maximum;

    private Statistics(int features, int classes) {
        classRows = new long[classes];
        mean = new double[features];
        squares = new double[features];
        minimum = new double[features];
        maximum = new double[features];
        Arrays.fill(minimum, Double.POSITIVE_INFINITY);
        Arrays.fill(maximum, Double.NEGATIVE_INFINITY);
    }

    /** Returns the statistics of no rows. */
    static Statistics none(int features, int classes) {
        return new Statistics(features, classes);
    }

    /**
     * Returns the statistics of one shard with labels 0..classes-1. A row of weight 0 only adds to the number of rows.
     */
    public static Statistics of(ShardRows shard, int classes) {
        Statistics sum = new Statistics(shard.features(), classes);
        double[] activeWeight = new double[shard.features()];
        double[] features = new double[shard.features()];
        for (int row = 0; row < shard.rows(); row++) {
            double weight = shard.weight(row);
            sum.rows++;
            sum.weightSum += weight;
            sum.weightSquareSum += weight * weight;
            if (shard.label(row) >= classes) {
                throw JobException.data(
                        "A row has the label %d, and the %d labels were 0 to %d when the rows were first read: %s"
                                .formatted(shard.label(row), classes, classes - 1, CHANGING));
            }
            sum.classRows[shard.label(row)]++;
            if (shard.isComplete(row)) {
                shard.copy(row, features);
                sum.add(features, weight, activeWeight);
            } else {
                shard.forEachActive(row, (j, value) -> sum.nonzeros += value == 0 ? 0 : 1);
                if (weight > 0) {
                    shard.forEachActive(row, (j, value) -> {
                        sum.mean[j] += weight * value;
                        sum.see(j, value);
                        activeWeight[j] += weight;
                    });
                }
            }
        }
        sum.seeZeros(activeWeight);
        if (sum.weightSum > 0) {
            sum.squaresAroundMean(shard, activeWeight);
        }
        return sum;
    }

    /** Adds a row that has all features. The compiler can vectorise these plain loops. */
    private void add(double[] features, double weight, double[] activeWeight) {
        for (double feature : features) {
            nonzeros += feature == 0 ? 0 : 1;
        }
        if (weight > 0) {
            for (int j = 0; j < features.length; j++) {
                mean[j] += weight * features[j];
            }
            for (int j = 0; j < features.length; j++) {
                minimum[j] = Math.min(minimum[j], features[j]);
            }
            for (int j = 0; j < features.length; j++) {
                maximum[j] = Math.max(maximum[j], features[j]);
            }
            for (int j = 0; j < features.length; j++) {
                activeWeight[j] += weight;
            }
        }
    }

    private void see(int feature, double value) {
        minimum[feature] = Math.min(minimum[feature], value);
        maximum[feature] = Math.max(maximum[feature], value);
    }

    private void seeZeros(double[] activeWeight) {
        for (int j = 0; j < mean.length; j++) {
            if (activeWeight[j] < weightSum) {
                see(j, 0);
            }
        }
    }

    private void squaresAroundMean(ShardRows shard, double[] activeWeight) {
        for (int j = 0; j < mean.length; j++) {
            mean[j] /= weightSum;
        }
        double[] features = new double[mean.length];
        for (int row = 0; row < shard.rows(); row++) {
            double weight = shard.weight(row);
            if (weight > 0 && shard.isComplete(row)) {
                shard.copy(row, features);
                for (int j = 0; j < features.length; j++) {
                    squares[j] += weight * (features[j] - mean[j]) * (features[j] - mean[j]);
                }
            } else if (weight > 0) {
                shard.forEachActive(row, (j, value) -> squares[j] += weight * (value - mean[j]) * (value - mean[j]));
            }
        }
        for (int j = 0; j < mean.length; j++) {
            squares[j] += Math.max(0, weightSum - activeWeight[j]) * mean[j] * mean[j];
        }
    }

    /** Adds the statistics of the shards to the right and returns this object. */
    public Statistics merge(Statistics right) {
        double total = weightSum + right.weightSum;
        for (int j = 0; j < mean.length; j++) {
            double delta = right.mean[j] - mean[j];
            if (total > 0) {
                squares[j] += right.squares[j] + delta * delta * (weightSum / total) * right.weightSum;
                mean[j] += delta * (right.weightSum / total);
            }
            minimum[j] = Math.min(minimum[j], right.minimum[j]);
            maximum[j] = Math.max(maximum[j], right.maximum[j]);
        }
        for (int k = 0; k < classRows.length; k++) {
            classRows[k] += right.classRows[k];
        }
        rows += right.rows;
        nonzeros += right.nonzeros;
        weightSum = total;
        weightSquareSum += right.weightSquareSum;
        return this;
    }

    /** Returns N. */
    public long rows() {
        return rows;
    }

    /** Returns the number of features of all rows that are not zero. */
    public long nonzeros() {
        return nonzeros;
    }

    /** Returns the sum of the instance weights. */
    public double weightSum() {
        return weightSum;
    }

    /**
     * Returns the effective sample size (sum w)^2 / sum w^2: the number of rows of equal weight with the same
     * information (Kish, Survey Sampling, 1965).
     */
    public double effectiveRows() {
        return weightSquareSum > 0 ? weightSum * weightSum / weightSquareSum : 0;
    }

    /** Returns the number of rows of each class, not a copy. */
    public long[] classRows() {
        return classRows;
    }

    /** Returns the weighted mean of a feature. */
    public double mean(int feature) {
        return mean[feature];
    }

    /**
     * Returns the weighted sample deviation of a feature, as in MLlib's summarizer: squares around the mean divided by
     * {@code W - sum(w^2) / W}. Exactly 0 for a constant feature.
     */
    public double deviation(int feature) {
        double denominator = weightSum - weightSquareSum / weightSum;
        return !changes(feature) || !(denominator > 0) ? 0 : Math.sqrt(squares[feature] / denominator);
    }

    /** Returns whether a feature has more than one value. */
    public boolean changes(int feature) {
        return minimum[feature] < maximum[feature];
    }

    /** Returns the greatest absolute value of a feature; 0 without rows. */
    public double magnitude(int feature) {
        return minimum[feature] <= maximum[feature]
                ? Math.max(Math.abs(minimum[feature]), Math.abs(maximum[feature]))
                : 0;
    }

    /** Returns SHA-256 over all statistics, in hexadecimal digits. Data with other statistics are other data. */
    public String sha256() {
        BitsHash hash = new BitsHash()
                .add((double) rows, (double) nonzeros, weightSum, weightSquareSum)
                .add(Arrays.stream(classRows).asDoubleStream().toArray())
                .add(mean)
                .add(squares)
                .add(minimum)
                .add(maximum);
        return HexFormat.of().formatHex(hash.bytes());
    }
}

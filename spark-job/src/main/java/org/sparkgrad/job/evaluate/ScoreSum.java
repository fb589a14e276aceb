package org.sparkgrad.job.evaluate;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/** Sums of a shard's predictions: the confusion matrix and the log loss; and a sample of the scores. */
final class ScoreSum implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int classes;
    private final double[] confusion;
    private final CalibrationSum calibration = new CalibrationSum();
    private double lossSum;
    private double weightSum;
    private long rows;
    private double[] sample = {};

    ScoreSum(int classes) {
        this.classes = classes;
        this.confusion = new double[classes * classes];
    }

    /** @param probability the probability of class 1, or, for more than two classes, of the prediction */
    void add(int label, int prediction, double weight, double loss, double probability) {
        calibration.add(probability, classes == 2 ? label == 1 : label == prediction, weight);
        confusion[label * classes + prediction] += weight;
        lossSum += weight == 0 ? 0 : weight * loss;
        weightSum += weight;
        rows++;
    }

    /** Sets some of the scores of the rows, evenly spread. */
    void setSample(double[] scores) {
        sample = scores;
    }

    ScoreSum merge(ScoreSum right) {
        for (int i = 0; i < confusion.length; i++) {
            confusion[i] += right.confusion[i];
        }
        calibration.merge(right.calibration);
        lossSum += right.lossSum;
        weightSum += right.weightSum;
        rows += right.rows;
        sample = DoubleStream.concat(Arrays.stream(sample), Arrays.stream(right.sample))
                .toArray();
        return this;
    }

    long rows() {
        return rows;
    }

    /** Returns the samples of all shards. */
    double[] sample() {
        return sample;
    }

    double weight() {
        return weightSum;
    }

    double logLoss() {
        return lossSum / weightSum;
    }

    double accuracy() {
        double right = 0;
        for (int k = 0; k < classes; k++) {
            right += confusion[k * classes + k];
        }
        return right / weightSum;
    }

    List<List<Double>> matrix() {
        List<List<Double>> rows = new ArrayList<>();
        for (int k = 0; k < classes; k++) {
            rows.add(Arrays.stream(confusion, k * classes, (k + 1) * classes)
                    .boxed()
                    .toList());
        }
        return rows;
    }

    CalibrationSum calibration() {
        return calibration;
    }

    List<Metrics.PerClass> perClass(List<String> labels) {
        List<Metrics.PerClass> all = new ArrayList<>();
        for (int k = 0; k < classes; k++) {
            double actual = 0;
            double predicted = 0;
            for (int other = 0; other < classes; other++) {
                actual += confusion[k * classes + other];
                predicted += confusion[other * classes + k];
            }
            double right = confusion[k * classes + k];
            double precision = ratio(right, predicted);
            double recall = ratio(right, actual);
            double f1 = ratio(2 * precision * recall, precision + recall);
            all.add(new Metrics.PerClass(labels.get(k), precision, recall, f1, actual));
        }
        return all;
    }

    private static double ratio(double part, double whole) {
        return whole == 0 ? 0 : part / whole;
    }
}

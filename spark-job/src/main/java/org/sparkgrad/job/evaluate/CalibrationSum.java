package org.sparkgrad.job.evaluate;

import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/** Sums by tenths of the predicted probability, for a calibration curve. */
public final class CalibrationSum implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final int BINS = 10;

    private final double[] probabilities = new double[BINS];
    private final double[] events = new double[BINS];
    private final double[] weights = new double[BINS];

    /**
     * Instances with similar probabilities.
     *
     * @param probability their mean probability
     * @param rate the share of instances that have the predicted class
     * @param weight their weight
     */
    public record Bin(double probability, double rate, double weight) implements Serializable {}

    void add(double probability, boolean cameTrue, double weight) {
        int bin = Math.min(BINS - 1, (int) (probability * BINS));
        probabilities[bin] += weight * probability;
        events[bin] += cameTrue ? weight : 0;
        weights[bin] += weight;
    }

    void merge(CalibrationSum right) {
        for (int bin = 0; bin < BINS; bin++) {
            probabilities[bin] += right.probabilities[bin];
            events[bin] += right.events[bin];
            weights[bin] += right.weights[bin];
        }
    }

    /** Returns the bins with weight. */
    List<Bin> bins() {
        return IntStream.range(0, BINS)
                .filter(bin -> weights[bin] > 0)
                .mapToObj(bin -> new Bin(probabilities[bin] / weights[bin], events[bin] / weights[bin], weights[bin]))
                .toList();
    }
}

package org.sparkgrad.gpu.loss;

/**
 * Sum of weight x log(1 + u) over many u >= 0, with one logarithm for each run of equal weights: that of the product of
 * all 1 + u. What is kept is the product less 1, so that small u keep their digits.
 */
final class LogSum {
    /** The largest u that may be added. */
    static final double LARGEST = 1e200;

    /** A product beyond it is closed: the next u could make it overflow. */
    private static final double LIMIT = 1e100;

    private double sum;
    private double weight;
    private double product;

    /** Forgets all. */
    void clear() {
        sum = 0;
        weight = 0;
        product = 0;
    }

    /** Adds weight x log(1 + u). A weight of 0 ends no run: a model may leave many rows out. */
    void add(double ofWeight, double u) {
        if (ofWeight == 0) {
            return;
        }
        if (ofWeight != weight || product > LIMIT) {
            close();
            weight = ofWeight;
        }
        product += Math.fma(product, u, u);
    }

    /** Adds any number. */
    void add(double number) {
        sum += number;
    }

    /** Returns the sum of all that was added. */
    double sum() {
        close();
        return sum;
    }

    private void close() {
        sum += weight * Math.log1p(product);
        product = 0;
    }
}

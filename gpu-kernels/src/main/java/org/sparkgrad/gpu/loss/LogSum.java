package org.sparkgrad.gpu.loss;

import java.util.Arrays;

/**
 * Sum of weight x log(1 + u) over many u >= 0. Rows of equal weight that follow each other share one logarithm, that of
 * the product of all 1 + u. The class stores the product minus 1, so that small u keep their digits. Four independent
 * products run side by side, since a single one would wait for each multiplication.
 */
final class LogSum {
    /** The largest u that may be added. */
    static final double LARGEST = 1e200;

    /** The logarithm of a larger product is taken at once, since the next u could make it overflow. */
    private static final double LIMIT = 1e100;

    /** Products up to here can be multiplied with each other. */
    private static final double JOINABLE = 1e70;

    private static final int LANES = 4;

    private double sum;
    private double weight;
    private double product0;
    private double product1;
    private double product2;
    private double product3;

    /** Sets the sum to 0. */
    void clear() {
        sum = 0;
        weight = 0;
        empty();
    }

    /** Adds weight x log(1 + u). A weight of 0 does not end a run of equal weights: a model may leave many rows out. */
    void add(double ofWeight, double u) {
        if (ofWeight == 0) {
            return;
        }
        if (ofWeight != weight || product0 > LIMIT) {
            close();
            weight = ofWeight;
        }
        product0 += Math.fma(product0, u, u);
    }

    /**
     * Adds weight x log(1 + u) of each row.
     *
     * @param weights of the block's rows
     * @param start the first row in the block
     * @param u of the rows, from index 0
     * @param rows how many
     */
    void add(double[] weights, int start, double[] u, int rows) {
        int r = 0;
        if (alike(weights, start, rows)) {
            r = addFours(weights[start], u, 0, rows);
        }
        for (; r + LANES <= rows; r += LANES) {
            if (fourAlike(weights, start + r)) {
                addFours(weights[start + r], u, r, r + LANES);
            } else {
                addOneByOne(weights, start, u, r, r + LANES);
            }
        }
        addOneByOne(weights, start, u, r, rows);
    }

    private static boolean alike(double[] weights, int start, int rows) {
        return rows > 0 && Arrays.mismatch(weights, start, start + rows - 1, weights, start + 1, start + rows) < 0;
    }

    private static boolean fourAlike(double[] weights, int row) {
        double first = weights[row];
        return first == weights[row + 1] && first == weights[row + 2] && first == weights[row + 3];
    }

    /** Adds rows of one weight, four at a time; returns the first row of the rest, which is fewer than four. */
    private int addFours(double ofWeight, double[] u, int start, int end) {
        int whole = start + (end - start) / LANES * LANES;
        if (ofWeight != 0 && ofWeight != weight) {
            close();
            weight = ofWeight;
        }
        int r = ofWeight == 0 ? whole : start;
        while (r < whole) {
            if (product0 + product1 + product2 + product3 > LIMIT) {
                close();
            }
            r = multiply(u, r, whole);
        }
        return whole;
    }

    /** Multiplies in local variables up to the limit, but at least the first four. */
    private int multiply(double[] u, int start, int end) {
        double p0 = product0;
        double p1 = product1;
        double p2 = product2;
        double p3 = product3;
        int r = start;
        do {
            p0 += Math.fma(p0, u[r], u[r]);
            p1 += Math.fma(p1, u[r + 1], u[r + 1]);
            p2 += Math.fma(p2, u[r + 2], u[r + 2]);
            p3 += Math.fma(p3, u[r + 3], u[r + 3]);
            r += LANES;
        } while (r < end && !(p0 + p1 + p2 + p3 > LIMIT));
        product0 = p0;
        product1 = p1;
        product2 = p2;
        product3 = p3;
        return r;
    }

    private void addOneByOne(double[] weights, int start, double[] u, int from, int to) {
        for (int r = from; r < to; r++) {
            add(weights[start + r], u[r]);
        }
    }

    /** Adds any number. */
    void add(double number) {
        sum += number;
    }

    /** Returns the sum. */
    double sum() {
        close();
        return sum;
    }

    private void close() {
        if (weight == 0) {
            return;
        }
        if (product0 + product1 + product2 + product3 <= JOINABLE) {
            sum += weight * Math.log1p(joined(joined(product0, product1), joined(product2, product3)));
        } else {
            sum += weight * (Math.log1p(product0) + Math.log1p(product1));
            sum += weight * (Math.log1p(product2) + Math.log1p(product3));
        }
        empty();
    }

    /** Returns (1 + a)(1 + b) - 1. */
    private static double joined(double a, double b) {
        return a + Math.fma(a, b, b);
    }

    private void empty() {
        product0 = 0;
        product1 = 0;
        product2 = 0;
        product3 = 0;
    }
}

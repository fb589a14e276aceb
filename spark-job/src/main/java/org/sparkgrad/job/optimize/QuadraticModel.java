package org.sparkgrad.job.optimize;

import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.PackedTriangle;
import org.sparkgrad.job.exchange.pass.BatchSlot;

/**
 * The second derivatives H of the smooth part of an objective for one output, (F + 1) x (F + 1) with the intercept
 * last, from a pass over all rows or a sample. H is the matrix of second derivatives of a logistic loss at a point, or
 * {@code c X'X / n}, which is close to those of any loss (Boehning, Multinomial Logistic Regression Algorithm, 1992,
 * has such bounds). The diagonal is positive.
 */
final class QuadraticModel {
    private final int n;
    private final double[] packed;

    /**
     * @param sums the sums in the layout of {@link Objective#gram}; not copied
     * @param factor the factor of the sums
     * @param curvature the curvature of the rows that a sample left out, whose mean squares are known; 0 if none were
     *     left out
     */
    private QuadraticModel(Objective objective, DataProfile data, double[] sums, double factor, double curvature) {
        this.n = data.features() + 1;
        this.packed = sums;
        for (int i = 0; i < packed.length; i++) {
            packed[i] *= factor;
        }
        for (int j = 0; j < n - 1; j++) {
            settle(j, curvature * data.meanSquare(j), objective);
        }
        if (!objective.fitIntercept() || !(packed[packed.length - 1] > 0)) {
            packed[packed.length - 1] = 1;
        }
    }

    /** Returns a matrix close to the second derivatives at any point, from the rows of a slot. */
    static QuadraticModel near(Objective objective, DataProfile data, BatchSlot slot) {
        double[] gram = objective.gram(data.features(), slot, null);
        double weightSum = gram[gram.length - 1];
        double factor = weightSum > 0 ? data.curvature() / weightSum : 0;
        return new QuadraticModel(objective, data, gram, factor, slot.slots() > 1 ? data.curvature() : 0);
    }

    /** Returns the second derivatives of a logistic loss at 1 x (F + 1) coefficients, from all rows. */
    static QuadraticModel at(Objective objective, DataProfile data, Coefficients coefficients, double weightSum) {
        double[] sums = objective.gram(data.features(), BatchSlot.ALL, coefficients);
        return new QuadraticModel(objective, data, sums, 1 / weightSum, 0);
    }

    /**
     * Raises the diagonal of a feature to at least {@code least}. A sample may have missed most rows where a sparse
     * feature is not zero.
     */
    private void settle(int feature, double least, Objective objective) {
        int diagonal = PackedTriangle.start(n, feature);
        packed[diagonal] =
                Math.max(packed[diagonal], least) + objective.regularization().l2();
        if (!(packed[diagonal] > 0)) {
            packed[diagonal] = 1;
        }
        if (!objective.fitIntercept()) {
            packed[PackedTriangle.index(n, feature, n - 1)] = 0;
        }
    }

    /** Returns F + 1. */
    int size() {
        return n;
    }

    /** Returns an element. */
    double get(int row, int column) {
        return packed[PackedTriangle.index(n, row, column)];
    }

    /** Adds a multiple of a row. */
    void addRow(int row, double factor, double[] to) {
        int column = 0;
        for (int at = row; column < row; column++) {
            to[column] += factor * packed[at];
            at += n - column - 1;
        }
        int start = PackedTriangle.start(n, row) - row;
        for (; column < n; column++) {
            to[column] += factor * packed[start + column];
        }
    }

    /** Returns {@code d'Hd}. */
    double square(double[] d) {
        double[] product = new double[n];
        for (int row = 0; row < n; row++) {
            addRow(row, d[row], product);
        }
        return Vectors.dot(d, product);
    }
}

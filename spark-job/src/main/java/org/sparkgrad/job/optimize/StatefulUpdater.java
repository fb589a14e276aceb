package org.sparkgrad.job.optimize;

import java.util.Arrays;

/** An updater with some numbers of state for each coefficient. The state is stored as vectors, one after the other. */
abstract class StatefulUpdater implements Updater {
    private final double[][] vectors;

    /**
     * @param coefficients the number of coefficients
     * @param count the number of vectors
     * @param initially the initial value of their elements
     */
    StatefulUpdater(int coefficients, int count, double initially) {
        vectors = new double[count][coefficients];
        for (double[] vector : vectors) {
            Arrays.fill(vector, initially);
        }
    }

    /** Returns a vector, not a copy. */
    final double[] vector(int index) {
        return vectors[index];
    }

    @Override
    public final double[] state() {
        return Arrays.stream(vectors).flatMapToDouble(Arrays::stream).toArray();
    }

    @Override
    public final void restore(double[] state) {
        int at = 0;
        for (double[] vector : vectors) {
            System.arraycopy(state, at, vector, 0, vector.length);
            at += vector.length;
        }
    }
}

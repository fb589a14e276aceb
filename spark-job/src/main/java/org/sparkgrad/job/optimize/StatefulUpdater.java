package org.sparkgrad.job.optimize;

import java.util.Arrays;

/** An updater that remembers some numbers of each coefficient; its state is these vectors, one after the other. */
abstract class StatefulUpdater implements Updater {
    private final double[][] vectors;

    /**
     * @param coefficients how many there are
     * @param count of the vectors
     * @param initially what they are filled with
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

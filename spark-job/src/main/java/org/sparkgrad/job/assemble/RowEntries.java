package org.sparkgrad.job.assemble;

/** The features of a few adjacent columns in some rows, as pairs of a feature and its number. */
interface RowEntries {
    /**
     * Adds the features of a row that are not 0, in ascending order.
     *
     * @param row the row, from 0
     * @param indices receives the features
     * @param values receives their numbers
     * @param count the number of pairs so far
     * @return the number of pairs then; -1 if a number is missing or not finite
     */
    int add(int row, int[] indices, double[] values, int count);
}

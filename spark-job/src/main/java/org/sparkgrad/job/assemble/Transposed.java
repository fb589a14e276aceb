package org.sparkgrad.job.assemble;

/**
 * Columns to rows. The loops go over {@value #ROWS} rows at a time, which stay in the processor's first cache. Zeros get
 * a plus sign, as all zeros that a row does not store have.
 */
final class Transposed {
    private static final int ROWS = 16;

    private Transposed() {}

    /**
     * Writes columns into rows.
     *
     * @param columns the numbers of each column, rows of them
     * @param places the feature of each column
     * @param into rows x features
     */
    static void write(float[][] columns, int[] places, int rows, int features, float[] into) {
        for (int start = 0; start < rows; start += ROWS) {
            int end = Math.min(rows, start + ROWS);
            for (int c = 0; c < columns.length; c++) {
                float[] column = columns[c];
                int at = start * features + places[c];
                for (int row = start; row < end; row++) {
                    into[at] = column[row] + 0;
                    at += features;
                }
            }
        }
    }

    /** Writes columns into rows, in double precision. */
    static void write(double[][] columns, int[] places, int rows, int features, double[] into) {
        for (int start = 0; start < rows; start += ROWS) {
            int end = Math.min(rows, start + ROWS);
            for (int c = 0; c < columns.length; c++) {
                double[] column = columns[c];
                int at = start * features + places[c];
                for (int row = start; row < end; row++) {
                    into[at] = column[row] + 0;
                    at += features;
                }
            }
        }
    }
}

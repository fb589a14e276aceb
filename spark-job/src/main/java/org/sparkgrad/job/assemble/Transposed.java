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
     * @param part the place of each row
     * @param into rows x features
     */
    static void write(float[][] columns, int[] places, BatchPart part, int features, float[] into) {
        int[] starts = new int[ROWS];
        for (int start = 0; start < part.rows(); start += ROWS) {
            int count = Math.min(part.rows() - start, ROWS);
            for (int row = 0; row < count; row++) {
                starts[row] = part.place(start + row) * features;
            }
            for (int c = 0; c < columns.length; c++) {
                float[] column = columns[c];
                int place = places[c];
                for (int row = 0; row < count; row++) {
                    into[starts[row] + place] = column[start + row] + 0;
                }
            }
        }
    }

    /** Writes columns into rows, in double precision. */
    static void write(double[][] columns, int[] places, BatchPart part, int features, double[] into) {
        int[] starts = new int[ROWS];
        for (int start = 0; start < part.rows(); start += ROWS) {
            int count = Math.min(part.rows() - start, ROWS);
            for (int row = 0; row < count; row++) {
                starts[row] = part.place(start + row) * features;
            }
            for (int c = 0; c < columns.length; c++) {
                double[] column = columns[c];
                int place = places[c];
                for (int row = 0; row < count; row++) {
                    into[starts[row] + place] = column[start + row] + 0;
                }
            }
        }
    }
}

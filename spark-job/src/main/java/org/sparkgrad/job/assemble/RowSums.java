package org.sparkgrad.job.assemble;

/** Sums of features times coefficients, of several rows at a time. */
public final class RowSums {
    /** The number of rows whose sums are computed at once. */
    public static final int TOGETHER = 4;

    private RowSums() {}

    /**
     * Adds features times coefficients to the sums of some rows, as {@link RowBatch#add(double, int, double[], int)} does. If all
     * rows have all features, the processor adds to four sums at a time: each addition to one sum waits for the last.
     *
     * @param sums a sum for each row; changed
     * @param rows the rows, at most four
     */
    public static void add(RowBatch batch, double[] sums, int[] rows, double[] coefficients, int offset) {
        int[] starts = batch.starts();
        if (batch.indices() != null || rows.length != TOGETHER || sums.length != TOGETHER) {
            for (int i = 0; i < rows.length; i++) {
                sums[i] = batch.add(sums[i], rows[i], coefficients, offset);
            }
            return;
        }
        int features = starts[rows[0] + 1] - starts[rows[0]];
        int a = starts[rows[0]];
        int b = starts[rows[1]];
        int c = starts[rows[2]];
        int d = starts[rows[3]];
        double sumA = sums[0];
        double sumB = sums[1];
        double sumC = sums[2];
        double sumD = sums[3];
        float[] floats = batch.values().floats();
        double[] doubles = batch.values().doubles();
        if (floats != null) {
            for (int j = 0; j < features; j++) {
                double coefficient = coefficients[offset + j];
                sumA += coefficient * floats[a + j];
                sumB += coefficient * floats[b + j];
                sumC += coefficient * floats[c + j];
                sumD += coefficient * floats[d + j];
            }
        } else {
            for (int j = 0; j < features; j++) {
                double coefficient = coefficients[offset + j];
                sumA += coefficient * doubles[a + j];
                sumB += coefficient * doubles[b + j];
                sumC += coefficient * doubles[c + j];
                sumD += coefficient * doubles[d + j];
            }
        }
        sums[0] = sumA;
        sums[1] = sumB;
        sums[2] = sumC;
        sums[3] = sumD;
    }
}

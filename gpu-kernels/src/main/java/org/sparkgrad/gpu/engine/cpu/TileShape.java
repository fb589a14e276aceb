package org.sparkgrad.gpu.engine.cpu;

/**
 * The number of rows of the tiles that OpenBLAS multiplies: a function of F and K alone, and so are the bits of a tile. The
 * constants were the fastest in measurements.
 */
final class TileShape {
    /** For one output: half of a usual second-level cache; larger tiles need fewer calls. */
    private static final int VECTOR_BYTES = 512 << 10;

    /** For a few outputs: the library's kernels for small products do not copy their operands. */
    private static final int SMALL_BYTES = 256 << 10;

    private static final int SMALL_PRODUCT = 1_000_000;
    private static final int SMALL_OUTPUTS = 32;

    /** For many outputs: the library copies its operands in blocks. */
    private static final int MATRIX_BYTES = 1 << 20;

    /** Larger tiles are no faster, and make sums in single precision longer. */
    private static final int MAX_ROWS = 512;

    private static final int ROWS_STEP = 8;
    private static final int NARROW = 256;

    private TileShape() {}

    /** Returns R of all tiles of a slice but the last. */
    static int rows(int features, int outputs, int bytes) {
        long width = Math.max(1, features);
        long fit;
        if (outputs == 1) {
            fit = VECTOR_BYTES / bytes / width;
        } else if (outputs <= SMALL_OUTPUTS) {
            fit = Math.min(SMALL_BYTES / bytes / width, SMALL_PRODUCT / (outputs * width));
        } else {
            fit = MATRIX_BYTES / bytes / width;
        }
        return (int) Math.max(ROWS_STEP, Math.min(MAX_ROWS, fit / ROWS_STEP * ROWS_STEP));
    }

    /** Returns whether OpenBLAS is faster with coefficients stored by features (F x K) than by outputs (K x F). */
    static boolean narrow(int features) {
        return features < NARROW;
    }
}

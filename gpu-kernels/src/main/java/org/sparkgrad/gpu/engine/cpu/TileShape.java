package org.sparkgrad.gpu.engine.cpu;

/**
 * The shape of the tiles that go through OpenBLAS: a function of F and K alone, and so are the bits of a tile. What is
 * fastest was measured.
 */
final class TileShape {
    /** For one output: half of a second-level cache of today; the fewer tiles, the fewer calls. */
    private static final int VECTOR_BYTES = 512 << 10;

    /** For a few outputs: the library has kernels for small products, which do not copy what they read. */
    private static final int SMALL_BYTES = 256 << 10;

    private static final int SMALL_PRODUCT = 1_000_000;
    private static final int SMALL_OUTPUTS = 32;

    /** For many outputs: the library copies in blocks of its own. */
    private static final int MATRIX_BYTES = 1 << 20;

    /** More would only make sums in single precision longer. */
    private static final int MAX_ROWS = 512;

    private static final int ROWS_STEP = 8;
    private static final int NARROW = 256;

    private TileShape() {}

    /** Returns R of all tiles of a piece but the last. */
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

    /** Returns whether coefficients are better laid out by features: so the library reads them faster. */
    static boolean narrow(int features) {
        return features < NARROW;
    }
}

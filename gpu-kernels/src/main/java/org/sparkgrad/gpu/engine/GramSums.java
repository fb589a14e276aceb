package org.sparkgrad.gpu.engine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.DenseBlock;
import org.sparkgrad.gpu.block.FoldMask;
import org.sparkgrad.gpu.block.PackedTriangle;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.block.RowRange;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.cpu.OpenBlas;

/**
 * Sums d x x' over rows x = (features, 1): what {@link GradientEngine#gram} promises, on the processor, for engines of any
 * kind. Used for one sum and closed.
 */
interface GramSums extends AutoCloseable {
    /** Adds the rows of a piece, row i of it d[i] times. */
    void add(Piece piece, double[] d);

    /** Returns the sums of all pieces. */
    double[] finish();

    @Override
    default void close() {}

    /** Sums by the fastest way that this machine has for the shard's blocks. */
    static double[] fast(Shard shard, RowRange range, FoldMask taken, @Nullable Coefficients at) {
        if (shard.sparse() || shard.rows() == 0 || OpenBlas.description().isEmpty()) {
            return plain(shard, range, taken, at);
        }
        boolean floats = shard.blocks().get(0).precision() == Precision.FLOAT;
        return sum(
                shard,
                range,
                taken,
                at,
                floats ? new OpenBlasFloatGram(shard.features()) : new OpenBlasDoubleGram(shard.features()));
    }

    /** Sums in plain double loops. */
    static double[] plain(Shard shard, RowRange range, FoldMask taken, @Nullable Coefficients at) {
        return sum(shard, range, taken, at, new RowWiseGram(shard.features()));
    }

    private static double[] sum(Shard shard, RowRange range, FoldMask taken, @Nullable Coefficients at, GramSums sums) {
        try (sums) {
            for (Piece piece : Piece.cut(shard, range)) {
                double[] d = Arrays.copyOfRange(shard.weights(piece.blockIndex(), taken), piece.start(), piece.end());
                if (at != null) {
                    Curvature.multiply(d, piece, at);
                }
                sums.add(piece, d);
            }
            return sums.finish();
        }
    }

    /** Rows that are copied, scaled by the root of d, to a matrix T of tiles; each tile adds T'T. */
    abstract class Tiled implements GramSums {
        /** T's bytes are about as many as a second-level cache's. */
        private static final int TILE_NUMBERS = 1 << 19;

        private static final int MOST_ROWS = 1024;
        private static final int LEAST_ROWS = 64;

        /** Tiles that a subclass may add in its own format. */
        private static final int DRAIN_TILES = 4;

        /** F + 1. */
        final int width;

        private final int tileRows;
        private final double[] gram;
        private int staged;
        private int tiles;

        Tiled(int features) {
            this.width = features + 1;
            this.tileRows = Math.max(LEAST_ROWS, Math.min(MOST_ROWS, TILE_NUMBERS / width));
            this.gram = new double[PackedTriangle.length(width)];
        }

        int tileRows() {
            return tileRows;
        }

        /** Copies root times a row's features and 1 to row {@code at} of T. */
        abstract void stage(DenseBlock block, int row, double root, int at);

        /** C = C + T'T, of so many rows. */
        abstract void multiply(int rows);

        /** Adds the upper triangle of C, packed, and makes C zero. */
        abstract void drain(double[] sums);

        @Override
        public final void add(Piece piece, double[] d) {
            for (int i = 0; i < d.length; i++) {
                if (d[i] > 0) {
                    stage((DenseBlock) piece.block(), piece.start() + i, Math.sqrt(d[i]), staged++);
                    if (staged == tileRows) {
                        multiply();
                    }
                }
            }
        }

        private void multiply() {
            multiply(staged);
            staged = 0;
            if (++tiles == DRAIN_TILES) {
                drain(gram);
                tiles = 0;
            }
        }

        @Override
        public final double[] finish() {
            if (staged > 0) {
                multiply();
            }
            if (tiles > 0) {
                drain(gram);
            }
            return gram;
        }
    }
}

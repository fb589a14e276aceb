package org.sparkgrad.gpu.engine.gram;

import org.sparkgrad.gpu.block.BlockSlice;
import org.sparkgrad.gpu.block.DenseBlock;
import org.sparkgrad.gpu.block.PackedTriangle;

/**
 * Sums over dense rows by products of tiles. A tile T, R x (F + 1), holds rows times the root of d; each full tile adds T'T
 * to C, (F + 1) x (F + 1). Subclasses hold T and C in their format; sums over more than {@value #DRAIN_TILES} tiles are in
 * double.
 */
abstract class TiledGram implements GramSums {
    /** T has about the size of a second-level cache. */
    private static final int TILE_NUMBERS = 1 << 19;

    private static final int MOST_ROWS = 1024;
    private static final int LEAST_ROWS = 64;

    /** A subclass adds at most this many tiles in its own format. */
    private static final int DRAIN_TILES = 4;

    /** F + 1. */
    final int width;

    private final int tileRows;
    private final double[] gram;
    private int staged;
    private int tiles;

    TiledGram(int features) {
        this.width = features + 1;
        this.tileRows = Math.max(LEAST_ROWS, Math.min(MOST_ROWS, TILE_NUMBERS / width));
        this.gram = new double[PackedTriangle.length(width)];
    }

    /** Returns R. */
    int tileRows() {
        return tileRows;
    }

    /** Copies root times a row's features and 1 to row {@code at} of T. */
    abstract void stage(DenseBlock block, int row, double root, int at);

    /** C = C + T'T, over the first rows of T. */
    abstract void multiply(int rows);

    /** Adds the upper triangle of C, packed, to the sums, and makes C zero. */
    abstract void drain(double[] sums);

    @Override
    public final void add(BlockSlice slice, double[] d) {
        for (int i = 0; i < d.length; i++) {
            if (d[i] > 0) {
                stage((DenseBlock) slice.block(), slice.start() + i, Math.sqrt(d[i]), staged++);
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

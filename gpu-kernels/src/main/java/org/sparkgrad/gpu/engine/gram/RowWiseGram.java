package org.sparkgrad.gpu.engine.gram;

import org.sparkgrad.gpu.block.Block;
import org.sparkgrad.gpu.block.BlockSlice;
import org.sparkgrad.gpu.block.PackedTriangle;

/** Adds d x x' row by row, in double, over the features that are not zero. */
final class RowWiseGram implements GramSums {
    private final int features;
    private final double[] gram;
    private final int[] columns;
    private final double[] values;

    RowWiseGram(int features) {
        this.features = features;
        this.gram = new double[PackedTriangle.length(features + 1)];
        this.columns = new int[features + 1];
        this.values = new double[features + 1];
    }

    @Override
    public void add(BlockSlice slice, double[] d) {
        for (int i = 0; i < d.length; i++) {
            int count = gather(slice.block(), slice.start() + i);
            for (int a = 0; a < count; a++) {
                int offset = PackedTriangle.start(features + 1, columns[a]) - columns[a];
                double factor = d[i] * values[a];
                for (int b = a; b < count; b++) {
                    gram[offset + columns[b]] += factor * values[b];
                }
            }
        }
    }

    /** Copies the features of a row that are not zero, and a 1 for the intercept; returns the count of both. */
    private int gather(Block block, int row) {
        int count = 0;
        for (int e = 0; e < block.entries(row); e++) {
            double value = block.entryValue(row, e);
            if (value != 0) {
                columns[count] = block.entryFeature(row, e);
                values[count++] = value;
            }
        }
        columns[count] = features;
        values[count] = 1;
        return count + 1;
    }

    @Override
    public double[] finish() {
        return gram;
    }
}

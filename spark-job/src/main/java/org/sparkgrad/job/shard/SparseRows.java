package org.sparkgrad.job.shard;

import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.block.SparseBlock;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.JobException;

/**
 * Converts rows of a shard to a sparse block in two passes: the first pass counts the entries, the second pass writes
 * them.
 */
final class SparseRows {
    private final FeatureScale scale;
    private final int[] indices;
    private final float[] floats;
    private final double[] doubles;
    private int entries;

    private SparseRows(FeatureScale scale, int count, Precision precision) {
        this.scale = scale;
        this.indices = new int[count];
        this.floats = new float[precision == Precision.FLOAT ? count : 0];
        this.doubles = new double[precision == Precision.DOUBLE ? count : 0];
    }

    /**
     * Returns the block of rows [start, start + height) in the scale of blocks. Features that are zero after scaling
     * are omitted.
     */
    static SparseBlock block(ShardRows rows, int start, int height, FeatureScale scale, Precision precision) {
        int[] withZeros = scale.heldWithZeros();
        SparseRows block = new SparseRows(scale, count(rows, start, height, scale, withZeros), precision);
        int[] starts = new int[height + 1];
        float[] labels = new float[height];
        double[] weights = new double[height];
        for (int i = 0; i < height; i++) {
            labels[i] = rows.label(start + i);
            weights[i] = rows.weight(start + i);
            forEachHeld(rows, start + i, withZeros, block::add);
            starts[i + 1] = block.entries;
        }
        return precision == Precision.FLOAT
                ? SparseBlock.ofFloats(rows.features(), starts, block.indices, block.floats, labels, weights)
                : SparseBlock.ofDoubles(rows.features(), starts, block.indices, block.doubles, labels, weights);
    }

    /** Calls the consumer with the stored features of the row, in order, including the zeros of some features. */
    private static void forEachHeld(ShardRows rows, int row, int[] withZeros, ShardRows.FeatureConsumer consumer) {
        if (withZeros.length == 0) {
            rows.forEachActive(row, consumer);
            return;
        }
        int[] next = new int[1];
        rows.forEachActive(row, (j, value) -> {
            for (; next[0] < withZeros.length && withZeros[next[0]] <= j; next[0]++) {
                if (withZeros[next[0]] < j) {
                    consumer.accept(withZeros[next[0]], 0);
                }
            }
            consumer.accept(j, value);
        });
        for (int i = next[0]; i < withZeros.length; i++) {
            consumer.accept(withZeros[i], 0);
        }
    }

    private static int count(ShardRows rows, int start, int height, FeatureScale scale, int[] withZeros) {
        long[] count = new long[1];
        for (int i = start; i < start + height; i++) {
            forEachHeld(rows, i, withZeros, (j, value) -> count[0] += scale.apply(j, value) == 0 ? 0 : 1);
        }
        if (count[0] > Integer.MAX_VALUE - Long.BYTES) {
            throw new JobException(
                    ExitCode.RESOURCES,
                    height + " rows of the data have " + count[0] + " numbers that are not zero, too many for one"
                            + " sparse block: use --dense true.");
        }
        return (int) count[0];
    }

    private void add(int feature, double original) {
        double value = scale.apply(feature, original);
        if (value == 0) {
            return;
        }
        indices[entries] = feature;
        if (floats.length > 0) {
            floats[entries] = (float) value;
        } else {
            doubles[entries] = value;
        }
        entries++;
    }
}

package org.sparkgrad.job.shard;

import java.util.ArrayList;
import java.util.List;
import org.sparkgrad.gpu.block.Block;
import org.sparkgrad.gpu.block.DenseBlock;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.block.SparseBlock;

/** Converts the rows of a shard to engine blocks: scales in double precision, then casts. */
final class BlockBuilder {
    private BlockBuilder() {}

    static Shard build(ShardRows rows, FeatureScale scale, Precision precision) {
        List<Block> blocks = new ArrayList<>();
        int height = scale.sparse() ? SparseBlock.rowsFor(rows.features()) : DenseBlock.rowsFor(rows.features());
        for (int start = 0; start < rows.rows(); start += height) {
            int block = Math.min(height, rows.rows() - start);
            blocks.add(
                    scale.sparse()
                            ? SparseRows.block(rows, start, block, scale, precision)
                            : dense(rows, start, block, scale, precision));
        }
        return new Shard(rows.number(), rows.features(), blocks, folds(rows));
    }

    private static byte[] folds(ShardRows rows) {
        byte[] folds = new byte[rows.rows()];
        boolean several = false;
        for (int row = 0; row < folds.length; row++) {
            folds[row] = (byte) rows.fold(row);
            several |= folds[row] != 0;
        }
        return several ? folds : new byte[0];
    }

    private static DenseBlock dense(ShardRows rows, int start, int height, FeatureScale scale, Precision precision) {
        int features = rows.features();
        float[] labels = new float[height];
        double[] weights = new double[height];
        float[] floats = new float[precision == Precision.FLOAT ? height * features : 0];
        double[] doubles = new double[precision == Precision.DOUBLE ? height * features : 0];
        double[] original = new double[features];
        for (int i = 0; i < height; i++) {
            labels[i] = rows.label(start + i);
            weights[i] = rows.weight(start + i);
            rows.copy(start + i, original);
            if (precision == Precision.FLOAT) {
                scale.apply(original, floats, i * features);
            } else {
                scale.apply(original, doubles, i * features);
            }
        }
        return precision == Precision.FLOAT
                ? DenseBlock.ofFloats(features, floats, labels, weights)
                : DenseBlock.ofDoubles(features, doubles, labels, weights);
    }
}

package org.sparkgrad.gpu.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import org.sparkgrad.gpu.block.Block;
import org.sparkgrad.gpu.block.DenseBlock;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.block.SparseBlock;

/** Random sparse shards, and their dense copies. */
public final class SparseSamples {
    private SparseSamples() {}

    /**
     * Returns a shard whose columns are as skewed as word counts. One in eight rows is empty, all others have feature 0, and
     * feature j is about j times rarer; no row has the last of several features. One in eight values is an explicit zero.
     * The values of feature 0 are near 1, so that their sums are long and do not cancel.
     */
    public static Shard shard(int number, int rows, int features, int outputs, Precision precision, Random random) {
        List<Block> blocks = new ArrayList<>();
        int height = SparseBlock.rowsFor(features);
        for (int start = 0; start < rows; start += height) {
            blocks.add(block(Math.min(height, rows - start), features, outputs, precision, random));
        }
        return new Shard(number, features, blocks);
    }

    /** Returns one shard for each number of rows. */
    public static List<Shard> shards(int features, int outputs, Precision precision, Random random, int... rows) {
        List<Shard> shards = new ArrayList<>();
        for (int number = 0; number < rows.length; number++) {
            shards.add(shard(number, rows[number], features, outputs, precision, random));
        }
        return shards;
    }

    private static SparseBlock block(int rows, int features, int outputs, Precision precision, Random random) {
        int[] starts = new int[rows + 1];
        List<Integer> indices = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        float[] labels = new float[rows];
        double[] weights = new double[rows];
        for (int row = 0; row < rows; row++) {
            for (int feature : row(features, random)) {
                indices.add(feature);
                double small = random.nextInt(8) == 0 ? 0 : random.nextGaussian();
                values.add(feature == 0 ? 1 + small / 16 : small);
            }
            starts[row + 1] = indices.size();
            labels[row] = random.nextInt(Math.max(2, outputs));
            weights[row] = random.nextInt(8) == 0 ? 0 : 2 * random.nextDouble();
        }
        int[] columns = indices.stream().mapToInt(Integer::intValue).toArray();
        double[] numbers = values.stream().mapToDouble(Double::doubleValue).toArray();
        return precision == Precision.DOUBLE
                ? SparseBlock.ofDoubles(features, starts, columns, numbers, labels, weights)
                : SparseBlock.ofFloats(features, starts, columns, Samples.floats(numbers), labels, weights);
    }

    private static SortedSet<Integer> row(int features, Random random) {
        SortedSet<Integer> row = new TreeSet<>();
        if (random.nextInt(8) > 0) {
            row.add(0);
            for (int draw = random.nextInt(Math.min(40, features)); draw > 0; draw--) {
                row.add((int) Math.pow(features, random.nextDouble()) - 1);
            }
        }
        return row;
    }

    /** Returns the same rows as a dense shard; they must fit one dense block. */
    public static Shard dense(Shard sparse, Precision precision) {
        List<Block> blocks = new ArrayList<>();
        for (Block block : sparse.blocks()) {
            double[] values = new double[block.rows() * block.features()];
            for (int row = 0; row < block.rows(); row++) {
                for (int e = 0; e < block.entries(row); e++) {
                    values[row * block.features() + block.entryFeature(row, e)] = block.entryValue(row, e);
                }
            }
            blocks.add(
                    precision == Precision.DOUBLE
                            ? DenseBlock.ofDoubles(block.features(), values, block.labels(), block.weights())
                            : DenseBlock.ofFloats(
                                    block.features(), Samples.floats(values), block.labels(), block.weights()));
        }
        return new Shard(sparse.number(), sparse.features(), blocks);
    }
}

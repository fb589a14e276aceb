package org.sparkgrad.gpu.benchmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sparkgrad.gpu.block.Block;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.DenseBlock;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.block.SparseBlock;
import org.sparkgrad.gpu.loss.LogisticLoss;
import org.sparkgrad.gpu.loss.Loss;
import org.sparkgrad.gpu.loss.SoftmaxLoss;

/**
 * The data of one case, by its name: {@code dense-ROWSxFEATURES-kOUTPUTS} or {@code
 * sparse-ROWSxFEATURESxNONZEROS-kOUTPUTS}.
 *
 * @param name the name
 * @param rows N
 * @param features F
 * @param nonzeros entries of a row, or 0 for dense ones
 * @param outputs K
 */
record BenchmarkCase(String name, int rows, int features, int nonzeros, int outputs) {
    private static final Pattern NAME = Pattern.compile("(dense|sparse)-(\\d+)x(\\d+)(?:x(\\d+))?-k(\\d+)");
    private static final int RANDOM_NUMBERS = 1 << 16;

    static BenchmarkCase parse(String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches() || (matcher.group(4) == null) != matcher.group(1).equals("dense")) {
            throw new IllegalArgumentException("no case \"" + name
                    + "\": say dense-ROWSxFEATURES-kOUTPUTS or sparse-ROWSxFEATURESxNONZEROS-kOUTPUTS");
        }
        return new BenchmarkCase(
                name,
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)),
                matcher.group(4) == null ? 0 : Integer.parseInt(matcher.group(4)),
                Integer.parseInt(matcher.group(5)));
    }

    boolean sparse() {
        return nonzeros > 0;
    }

    Loss loss() {
        return outputs == 1 ? new LogisticLoss() : new SoftmaxLoss(outputs);
    }

    /** Values that a pass reads at least once. */
    long values() {
        return (long) rows * (sparse() ? nonzeros : features);
    }

    /** Bytes of features, with the indices of sparse ones. */
    double bytes() {
        return values() * (sparse() ? 8.0 : 4.0);
    }

    /** Two multiplications and two additions for each value and output. */
    double operations() {
        return 4.0 * values() * outputs;
    }

    Coefficients coefficients() {
        Random random = new Random(2);
        double[] values = new double[outputs * (features + 1)];
        double scale = 1 / Math.sqrt(sparse() ? nonzeros : features);
        Arrays.setAll(values, i -> random.nextGaussian() * scale);
        return new Coefficients(outputs, features, values);
    }

    /** Cuts the rows into so many shards of normal features; sparse columns are as skewed as words. */
    List<Shard> shards(int count) {
        List<Shard> shards = new ArrayList<>();
        float[] normal = new float[RANDOM_NUMBERS];
        Random random = new Random(1);
        for (int i = 0; i < normal.length; i++) {
            normal[i] = (float) random.nextGaussian();
        }
        for (int s = 0; s < count; s++) {
            int ofShard = (int) ((s + 1L) * rows / count - (long) s * rows / count);
            int height = sparse() ? SparseBlock.rowsFor(features) : DenseBlock.rowsFor(features);
            List<Block> blocks = new ArrayList<>();
            for (int start = 0; start < ofShard; start += height) {
                int of = Math.min(height, ofShard - start);
                blocks.add(sparse() ? sparseBlock(of, normal, random) : denseBlock(of, normal, random));
            }
            shards.add(new Shard(s, features, blocks));
        }
        return shards;
    }

    private Block denseBlock(int of, float[] normal, Random random) {
        float[] values = new float[of * features];
        int at = random.nextInt(normal.length);
        for (int i = 0; i < values.length; i++) {
            at = (at + 7919) & (normal.length - 1);
            values[i] = normal[at];
        }
        return DenseBlock.ofFloats(features, values, labels(of, random), weights(of));
    }

    private Block sparseBlock(int of, float[] normal, Random random) {
        int[] starts = new int[of + 1];
        int[] indices = new int[of * nonzeros];
        int count = 0;
        for (int row = 0; row < of; row++) {
            int[] drawn = new int[nonzeros];
            for (int i = 0; i < nonzeros; i++) {
                drawn[i] = (int) Math.pow(features, random.nextDouble()) - 1;
            }
            for (int feature : Arrays.stream(drawn).sorted().distinct().toArray()) {
                indices[count++] = feature;
            }
            starts[row + 1] = count;
        }
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = normal[i & (normal.length - 1)];
        }
        return SparseBlock.ofFloats(
                features, starts, Arrays.copyOf(indices, count), values, labels(of, random), weights(of));
    }

    private float[] labels(int of, Random random) {
        float[] labels = new float[of];
        for (int i = 0; i < of; i++) {
            labels[i] = random.nextInt(Math.max(2, outputs));
        }
        return labels;
    }

    private static double[] weights(int of) {
        double[] weights = new double[of];
        Arrays.fill(weights, 1);
        return weights;
    }
}

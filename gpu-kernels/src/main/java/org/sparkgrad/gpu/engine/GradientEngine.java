package org.sparkgrad.gpu.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.FoldMask;
import org.sparkgrad.gpu.block.GradientSum;
import org.sparkgrad.gpu.block.GridModel;
import org.sparkgrad.gpu.block.GridSum;
import org.sparkgrad.gpu.block.RowRange;
import org.sparkgrad.gpu.block.Shard;

/**
 * Holds shards until it is closed, and sums loss and gradient over ranges of their rows. Used by one thread.
 *
 * <p>The sums of a shard are a function of the shard, the range and the coefficients alone. An engine cuts the range at the
 * bounds of the shard's blocks, sums each slice in a fixed order, and adds the sums of the slices in block order, in
 * double. So the bits do not depend on the other shards that the engine holds.
 */
public interface GradientEngine extends AutoCloseable {
    /** Returns the shards, in the order of the ranges of {@link #sum}. */
    List<Shard> shards();

    /**
     * Sums over one row range of every shard.
     *
     * @param coefficients K x (F + 1)
     * @param ranges a range for each shard, in order; empty ranges give zero sums
     * @return a sum for each shard, in order
     * @throws IllegalArgumentException if the shapes differ from the engine's
     */
    List<GradientSum> sum(Coefficients coefficients, List<RowRange> ranges);

    /**
     * Sums over one row range of every shard for M models, each over the rows that its fold leaves. A model's sums equal
     * those that it has alone up to rounding, since M may change the order of additions within a block. The same models
     * give the same bits.
     *
     * @param models K x (F + 1) coefficients each
     * @param ranges a range for each shard, in order
     * @return the sums of the models for each shard, in order
     * @throws IllegalArgumentException if there is no model, or the shapes differ from the engine's
     */
    List<GridSum> sum(List<GridModel> models, List<RowRange> ranges);

    /**
     * Sums over one row range of every shard, and merges the sums of the shards of each tree, in double: neighbours are
     * added, then neighbouring pairs, and so on. The bits are those of {@link ShardTrees#merge} over the sums of shards.
     *
     * @param coefficients K x (F + 1)
     * @param ranges a range for each shard, in order
     * @param trees the number of shards of each tree, a power of two; all shards together, in order
     * @return a sum for each tree, in order
     * @throws IllegalArgumentException if the shapes differ from the engine's, or trees are not made of all shards
     */
    default List<GradientSum> sum(Coefficients coefficients, List<RowRange> ranges, List<Integer> trees) {
        return ShardTrees.merge(sum(coefficients, ranges), trees, GradientSum::add);
    }

    /** The same for M models, as {@link #sum(List, List)}; returns the sums of the models for each tree. */
    default List<GridSum> sum(List<GridModel> models, List<RowRange> ranges, List<Integer> trees) {
        return ShardTrees.merge(sum(models, ranges), trees, GridSum::add);
    }

    /**
     * Sums d x x' over rows of one shard, where x is a row's features and a 1 for the intercept: the Gram matrix of the
     * rows, or the second derivatives of a logistic loss. Every engine computes this on the processor. The bits are a
     * function of the shard, the range, the mask and the coefficients alone.
     *
     * @param shard the index of the shard in {@link #shards()}
     * @param range the rows
     * @param taken selects rows of the range; the others have d = 0
     * @param at 1 x (F + 1) coefficients: d is the weight times p (1 - p) there; null: d is the weight
     * @return the {@link org.sparkgrad.gpu.block.PackedTriangle} of (F + 1) x (F + 1) sums, the intercept last
     * @throws IllegalArgumentException if there are other than 1 x (F + 1) coefficients
     */
    double[] gram(int shard, RowRange range, FoldMask taken, @Nullable Coefficients at);

    /** Returns what the engine runs on, and its launches so far. */
    EngineReport report();

    /** Frees the device memory; a second call does nothing. */
    @Override
    void close();
}

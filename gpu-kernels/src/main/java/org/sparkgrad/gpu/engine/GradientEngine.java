package org.sparkgrad.gpu.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.FoldMask;
import org.sparkgrad.gpu.block.GradientSum;
import org.sparkgrad.gpu.block.GridModel;
import org.sparkgrad.gpu.block.RowRange;
import org.sparkgrad.gpu.block.Shard;

/**
 * Holds shards from opening to closing and sums loss and gradient over ranges of their rows. Used by one thread.
 *
 * <p>The sums of a shard are a function of the shard, the range and the coefficients alone: a range is cut at the
 * shard's block bounds, each piece, or part of it, is summed in a fixed order, and these sums merge in block order in
 * double. So the bits do not depend on which other shards the engine holds.
 */
public interface GradientEngine extends AutoCloseable {
    /** Returns the shards it holds, in the order of the ranges of {@link #sum}. */
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
     * Sums over one row range of every shard for M models, each over the rows that it takes. The sums of a model are
     * those that it has alone, to rounding: how many models there are may change the order of additions within a block.
     * The same models give the same bits.
     *
     * @param models K x (F + 1) coefficients each
     * @param ranges a range for each shard, in order
     * @return for each shard, in order, a sum for each model, in order
     * @throws IllegalArgumentException if there is no model, or the shapes differ from the engine's
     */
    List<List<GradientSum>> sum(List<GridModel> models, List<RowRange> ranges);

    /**
     * Sums d x x' over rows of one shard, where x is a row's features and, for the intercept, 1: the Gram matrix of the
     * rows, or the second derivatives of a logistic loss. On the processor, whatever the engine; a function of the shard,
     * the range, the mask and the coefficients alone.
     *
     * @param shard its place among {@link #shards()}
     * @param range the rows
     * @param taken those of them that count
     * @param at 1 x (F + 1): d is weight times p (1 - p) there; null: d is the weight
     * @return the {@link org.sparkgrad.gpu.block.PackedTriangle} of (F + 1) x (F + 1) sums, the intercept last
     * @throws IllegalArgumentException if there are other than 1 x (F + 1) coefficients
     */
    double[] gram(int shard, RowRange range, FoldMask taken, @Nullable Coefficients at);

    /** Returns what computes, and how much it has. */
    EngineReport report();

    /** Frees the device memory; a second call does nothing. */
    @Override
    void close();
}

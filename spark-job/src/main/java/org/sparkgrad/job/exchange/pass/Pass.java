package org.sparkgrad.job.exchange.pass;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.engine.GradientEngine;
import org.sparkgrad.job.shard.MergeTree;
import org.sparkgrad.job.shard.MergeTree.Subtree;

/**
 * A sum that every worker computes over its shards. The sums of a shard are an array of doubles, of the same length for
 * all shards. Arrays are merged by adding elements, along {@code MergeTree}.
 */
public sealed interface Pass extends Serializable permits GradientPass, LossPass, GramPass, GridPass {
    /** The set of rows of a pass. */
    enum Rows {
        /** The training rows. */
        TRAINING,
        /** The held-out rows, which may stop the training. */
        VALIDATION
    }

    /** The kinds of passes; {@link PassReader} reads each. */
    enum Kind {
        /** A {@link GradientPass}. */
        GRADIENT,
        /** A {@link LossPass}. */
        LOSS,
        /** A {@link GramPass}. */
        GRAM,
        /** A {@link GridPass}. */
        GRID
    }

    /** Returns the kind. */
    Kind kind();

    /** Writes the fields that {@link PassReader#read} reads. */
    void write(PassOutput out);

    /** Returns the set of rows. */
    default Rows rows() {
        return Rows.TRAINING;
    }

    /** Returns F, over trained features. */
    int features();

    /** Returns the number of sums of a shard. */
    int length();

    /** Returns the sums of each shard of the engine, in order; the caller may change them. */
    List<double[]> sums(GradientEngine engine);

    /**
     * Passes the sums of subtrees of the engine's shards to the consumer, in order: of each shard, or of more shards where
     * the engine merges them. Large sums are computed one at a time, so that the caller can merge them.
     */
    default void sums(GradientEngine engine, Consumer<Subtree<double[]>> each) {
        Iterator<Shard> shards = engine.shards().iterator();
        sums(engine).forEach(sums -> each.accept(MergeTree.leaf(shards.next().number(), sums)));
    }

    /** Returns the maximal subtrees of an engine's shards, which have consecutive numbers. */
    static List<Subtree<Integer>> cover(GradientEngine engine) {
        List<Shard> shards = engine.shards();
        int first = shards.isEmpty() ? 0 : shards.get(0).number();
        return MergeTree.cover(first, first + shards.size());
    }

    /** Returns the number of shards of each subtree. */
    static List<Integer> shards(List<Subtree<Integer>> cover) {
        return cover.stream().map(tree -> 1 << tree.level()).toList();
    }

    /** Adds right to left and returns left. */
    static double[] add(double[] left, double[] right) {
        for (int i = 0; i < left.length; i++) {
            left[i] += right[i];
        }
        return left;
    }
}

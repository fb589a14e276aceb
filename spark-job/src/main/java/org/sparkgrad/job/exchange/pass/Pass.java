package org.sparkgrad.job.exchange.pass;

import java.io.Serializable;
import java.util.List;
import java.util.function.Consumer;
import org.sparkgrad.gpu.engine.GradientEngine;

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
     * Passes the sums of each shard to the consumer, in order. Large sums are computed one at a time, so that the
     * caller can merge them.
     */
    default void sums(GradientEngine engine, Consumer<double[]> each) {
        sums(engine).forEach(each);
    }

    /** Adds right to left and returns left. */
    static double[] add(double[] left, double[] right) {
        for (int i = 0; i < left.length; i++) {
            left[i] += right[i];
        }
        return left;
    }
}

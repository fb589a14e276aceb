package org.sparkgrad.job.exchange.pass;

import java.io.Serializable;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.sparkgrad.gpu.engine.GradientEngine;

/**
 * What every worker sums over its shards in one go. A shard's sums are an array of doubles of one length; arrays merge by
 * adding element to element, along {@code MergeTree}.
 */
public sealed interface Pass extends Serializable permits GradientPass, LossPass, GramPass, GridPass {
    /** Which rows a pass goes over. */
    enum Rows {
        /** The rows trained on. */
        TRAINING,
        /** The rows held out, that may stop the training. */
        VALIDATION
    }

    /** The kinds of passes, and how each is read from a message. */
    @SuppressWarnings("ImmutableEnumChecker") // the readers are methods without state
    enum Kind {
        /** A {@link GradientPass}. */
        GRADIENT(GradientPass::read),
        /** A {@link LossPass}. */
        LOSS(LossPass::read),
        /** A {@link GramPass}. */
        GRAM(GramPass::read),
        /** A {@link GridPass}. */
        GRID(GridPass::read);

        private final Function<PassInput, Pass> reader;

        Kind(Function<PassInput, Pass> reader) {
            this.reader = reader;
        }

        Pass read(PassInput in) {
            return reader.apply(in);
        }
    }

    /** Returns its kind. */
    Kind kind();

    /** Writes what {@link Kind#read} reads. */
    void write(PassOutput out);

    /** Returns which rows it goes over. */
    default Rows rows() {
        return Rows.TRAINING;
    }

    /** Returns F, over trained features. */
    int features();

    /** Returns how many sums a shard has. */
    int length();

    /** Returns the sums of each shard that the engine holds, in order; the caller may change them. */
    List<double[]> sums(GradientEngine engine);

    /** Hands on the sums of each shard, in order; one at a time where they are large, so that the caller can merge them. */
    default void sums(GradientEngine engine, Consumer<double[]> each) {
        sums(engine).forEach(each);
    }

    /** Adds right to left, which it returns. */
    static double[] add(double[] left, double[] right) {
        for (int i = 0; i < left.length; i++) {
            left[i] += right[i];
        }
        return left;
    }
}

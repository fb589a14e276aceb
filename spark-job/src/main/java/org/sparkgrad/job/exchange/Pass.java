package org.sparkgrad.job.exchange;

import java.io.Serializable;
import java.util.List;
import org.sparkgrad.gpu.engine.GradientEngine;

/**
 * What every worker sums over its shards in one go. A shard's sums are an array of doubles of one length; arrays merge by
 * adding element to element, along {@code MergeTree}.
 */
public sealed interface Pass extends Serializable permits GradientPass, GridPass {
    /** Returns F, over trained features. */
    int features();

    /** Returns how many sums a shard has. */
    int length();

    /** Returns the sums of each shard that the engine holds, in order; the caller may change them. */
    List<double[]> sums(GradientEngine engine);

    /** Adds right to left, which it returns. */
    static double[] add(double[] left, double[] right) {
        for (int i = 0; i < left.length; i++) {
            left[i] += right[i];
        }
        return left;
    }
}

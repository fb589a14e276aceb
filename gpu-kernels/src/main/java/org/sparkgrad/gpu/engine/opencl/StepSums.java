package org.sparkgrad.gpu.engine.opencl;

import java.util.List;
import org.sparkgrad.gpu.block.GradientSum;

/** The sums of one step for one model, a sum for each shard, to which segments add theirs. */
final class StepSums {
    private final List<GradientSum> sums;

    /** @param sums the sums of the shards, which are zero */
    StepSums(List<GradientSum> sums) {
        this.sums = sums;
    }

    /** Returns the sum of a shard. */
    GradientSum of(int shard) {
        return sums.get(shard);
    }

    /** Adds the weight sums of the rows, one for each shard. */
    void addWeights(double[] weightSums) {
        for (int s = 0; s < weightSums.length; s++) {
            sums.get(s).add(0, weightSums[s]);
        }
    }
}

package org.sparkgrad.gpu.engine.opencl;

import java.util.List;
import org.sparkgrad.gpu.block.GradientSum;

/** The sums of one step for one model, to which segments add theirs: a sum for each shard, or for each tree of shards. */
final class StepSums {
    private final List<GradientSum> sums;

    /** @param sums the sums of the shards or trees, which are zero */
    StepSums(List<GradientSum> sums) {
        this.sums = sums;
    }

    /** Returns the sum of a shard or tree. */
    GradientSum of(int index) {
        return sums.get(index);
    }

    /** Adds the weight sums of the rows, one for each shard or tree. */
    void addWeights(double[] weightSums) {
        for (int i = 0; i < weightSums.length; i++) {
            sums.get(i).add(0, weightSums[i]);
        }
    }
}

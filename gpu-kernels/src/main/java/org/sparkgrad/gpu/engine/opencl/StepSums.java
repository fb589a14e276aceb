package org.sparkgrad.gpu.engine.opencl;

import java.util.ArrayList;
import java.util.List;
import org.sparkgrad.gpu.block.GradientSum;

/** The sums of one step for one model, a sum for each shard, to which segments add theirs. */
final class StepSums {
    private final double[] losses;
    private final List<double[]> gradients = new ArrayList<>();

    /** Sums of zero for S shards, K outputs and F features. */
    StepSums(int shards, int outputs, int features) {
        this.losses = new double[shards];
        for (int s = 0; s < shards; s++) {
            gradients.add(new double[outputs * (features + 1)]);
        }
    }

    /** Returns the K x (F + 1) sums of a shard, not a copy. */
    double[] gradient(int shard) {
        return gradients.get(shard);
    }

    void addLoss(int shard, double loss) {
        losses[shard] += loss;
    }

    void setLoss(int shard, double loss) {
        losses[shard] = loss;
    }

    /** Returns the sums of all shards, with the given weight sums. */
    List<GradientSum> with(double[] weightSums) {
        List<GradientSum> sums = new ArrayList<>();
        for (int s = 0; s < losses.length; s++) {
            sums.add(new GradientSum(losses[s], weightSums[s], gradients.get(s)));
        }
        return sums;
    }
}

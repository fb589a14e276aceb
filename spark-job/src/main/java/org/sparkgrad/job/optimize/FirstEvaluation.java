package org.sparkgrad.job.optimize;

import java.util.Arrays;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.GradientSum;
import org.sparkgrad.job.exchange.pass.BatchSlot;
import org.sparkgrad.job.shard.BitsHash;

/**
 * One evaluation and a hash of its sums. The same evaluation in a resumed run gives the same hash, unless a value or
 * weight of the data, their order, the engine or the kind of processor has changed. In that case the resumed training
 * could not give the same bits.
 */
final class FirstEvaluation {
    private final Coefficients at;
    private final BatchSlot slot;
    private final byte[] sha256;

    private FirstEvaluation(Coefficients at, BatchSlot slot, byte[] sha256) {
        this.at = at;
        this.slot = slot;
        this.sha256 = sha256;
    }

    static FirstEvaluation of(Coefficients at, BatchSlot slot, GradientSum sum) {
        return new FirstEvaluation(at, slot, sha256(sum));
    }

    static FirstEvaluation read(SavedState saved) {
        double[] numbers = saved.vector("probe.sha256");
        byte[] hash = new byte[numbers.length];
        for (int i = 0; i < hash.length; i++) {
            hash[i] = (byte) numbers[i];
        }
        BatchSlot slot = new BatchSlot(saved.whole("probe.slot"), saved.whole("probe.slots"));
        return new FirstEvaluation(OptimizerState.coefficients(saved, "probe.coefficients"), slot, hash);
    }

    void save(SavedState to) {
        double[] numbers = new double[sha256.length];
        Arrays.setAll(numbers, i -> sha256[i]);
        to.put("probe.coefficients", at.values())
                .put("probe.slot", slot.index())
                .put("probe.slots", slot.slots())
                .put("probe.sha256", numbers);
    }

    /** Returns the coefficients of the evaluation. */
    Coefficients at() {
        return at;
    }

    /** Returns the rows of the evaluation. */
    BatchSlot slot() {
        return slot;
    }

    /** Returns whether the sums equal those of the evaluation, bit for bit. */
    boolean gave(GradientSum sum) {
        return Arrays.equals(sha256, sha256(sum));
    }

    private static byte[] sha256(GradientSum sum) {
        return new BitsHash()
                .add(sum.lossSum(), sum.weightSum())
                .add(sum.gradientSum())
                .bytes();
    }
}

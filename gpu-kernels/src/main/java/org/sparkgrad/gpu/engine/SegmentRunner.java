package org.sparkgrad.gpu.engine;

import com.aparapi.device.OpenCLDevice;
import java.util.List;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.GradientSum;
import org.sparkgrad.gpu.device.DeviceException;
import org.sparkgrad.gpu.device.KernelSession;
import org.sparkgrad.gpu.kernel.LossKernel;

/**
 * A segment on its device. A step moves the coefficients and, when they changed, the tables of rows up, and the sums of
 * the pieces down; the instances stay where the opening put them.
 */
final class SegmentRunner implements AutoCloseable {
    /** Stamps are floats: whole numbers below 2^24 are exact. */
    private static final int STAMPS = 1 << 24;

    private final String purpose;
    private final SegmentSums work;
    private final KernelSession session;
    private SegmentPlan plan = new SegmentPlan(List.of());
    private float[] sums = new float[1];
    private int stamp;

    /**
     * Moves the segment to the device.
     *
     * @param work the segment's arrays
     * @param purpose device and sizes in words, for messages
     * @throws DeviceException if the device cannot compile the kernel, hold the segment or run
     */
    SegmentRunner(SegmentSums work, OpenCLDevice device, String purpose) {
        this.purpose = purpose;
        this.work = work;
        this.session = new KernelSession(work.kernel(), device, purpose);
        try {
            work.setPlan(plan);
            execute();
        } catch (RuntimeException | Error failure) {
            session.close();
            throw failure;
        }
    }

    /** Takes the pieces of the steps to come. */
    void setPlan(SegmentPlan next) {
        plan = next;
        work.setPlan(plan);
        int floats = work.floats() + 1;
        // Aparapi moves whole arrays: a mini-batch must not bring back the sums of a full pass.
        if (floats > sums.length || floats < sums.length / 2) {
            sums = new float[floats];
        }
    }

    /** Sums the planned pieces and adds each to its shard's sum. */
    void addTo(List<GradientSum> shardSums, Coefficients values) {
        if (plan.pieces().isEmpty()) {
            return;
        }
        work.setCoefficients(values);
        execute();
        work.addTo(shardSums, sums);
    }

    /** Returns the kernel executions so far. */
    long launches() {
        return session.launches();
    }

    /** Frees the device memory. */
    @Override
    public void close() {
        session.close();
    }

    private void execute() {
        stamp = (stamp + 1) % STAMPS;
        int stampAt = work.floats();
        sums[stampAt] = -1;
        work.kernel().setSums(sums, stamp);
        session.execute(work.kernel().items(), LossKernel.PASSES);
        // Aparapi reports a failed transfer on standard error only.
        work.kernel().get(sums);
        if (sums[stampAt] != stamp) {
            throw new DeviceException("%s: the sums of execution %d did not come back".formatted(purpose, stamp));
        }
    }
}

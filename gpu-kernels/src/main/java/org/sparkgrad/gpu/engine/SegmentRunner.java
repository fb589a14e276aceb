package org.sparkgrad.gpu.engine;

import com.aparapi.device.OpenCLDevice;
import java.util.List;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.GradientSum;
import org.sparkgrad.gpu.device.DeviceException;
import org.sparkgrad.gpu.device.KernelSession;
import org.sparkgrad.gpu.kernel.GradientKernel;
import org.sparkgrad.gpu.loss.LogisticLoss;
import org.sparkgrad.gpu.loss.Loss;
import org.sparkgrad.gpu.loss.SoftmaxLoss;

/**
 * A segment on its device. A step moves the coefficients and, when they changed, the tables of rows up, and the sums of
 * the pieces down; the instances stay where the opening put them.
 */
final class SegmentRunner implements AutoCloseable {
    /** Stamps are floats: whole numbers below 2^24 are exact. */
    private static final int STAMPS = 1 << 24;

    private final int outputs;
    private final int features;
    private final String purpose;
    private final float[] coefficients;
    private final GradientKernel kernel;
    private final KernelSession session;
    private SegmentPlan plan = new SegmentPlan(List.of());
    private float[] sums = new float[1];
    private int stamp;

    /**
     * Moves the segment to the device.
     *
     * @param purpose device and sizes in words, for messages
     * @throws DeviceException if the device cannot compile the kernel, hold the segment or run
     */
    SegmentRunner(Loss loss, int features, OpenCLDevice device, Segment segment, String purpose) {
        this.outputs = loss.outputs();
        this.features = features;
        this.purpose = purpose;
        this.coefficients = new float[GradientKernel.tiles(outputs) * (features + 1) * GradientKernel.TILE];
        this.kernel = new GradientKernel(
                mode(loss),
                features,
                outputs,
                segment.features(features),
                segment.labels(),
                segment.weights(),
                coefficients);
        this.session = new KernelSession(kernel, device, purpose);
        try {
            plan.writeTo(kernel);
            execute();
        } catch (RuntimeException | Error failure) {
            session.close();
            throw failure;
        }
    }

    private static int mode(Loss loss) {
        if (loss instanceof LogisticLoss) {
            return GradientKernel.LOGISTIC;
        }
        return loss instanceof SoftmaxLoss ? GradientKernel.SOFTMAX : GradientKernel.SQUARED_ERROR;
    }

    /** Takes the pieces of the steps to come. */
    void setPlan(SegmentPlan next) {
        plan = next;
        plan.writeTo(kernel);
        int floats = plan.pieces().size() * stride() + 1;
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
        tile(values);
        kernel.put(coefficients);
        execute();
        for (int p = 0; p < plan.pieces().size(); p++) {
            SegmentPlan.PlacedPiece placed = plan.pieces().get(p);
            int at = p * stride();
            float lossSum = sums[at + stride() - 1];
            shardSums.get(placed.shard()).add(lossSum, placed.piece().weightSum(), sums, at);
        }
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
        int stampAt = plan.pieces().size() * stride();
        sums[stampAt] = -1;
        kernel.setSums(sums, stamp);
        session.execute(kernel.items(), GradientKernel.PASSES);
        // Aparapi reports a failed transfer on standard error only.
        kernel.get(sums);
        if (sums[stampAt] != stamp) {
            throw new DeviceException("%s: the sums of execution %d did not come back".formatted(purpose, stamp));
        }
    }

    private int stride() {
        return outputs * (features + 1) + 1;
    }

    /** K x (F + 1) doubles to T x (F + 1) x TILE floats. */
    private void tile(Coefficients values) {
        int tile = GradientKernel.TILE;
        for (int k = 0; k < outputs; k++) {
            int to = k / tile * (features + 1) * tile + k % tile;
            for (int j = 0; j <= features; j++) {
                coefficients[to + j * tile] = (float) values.values()[k * (features + 1) + j];
            }
        }
    }
}

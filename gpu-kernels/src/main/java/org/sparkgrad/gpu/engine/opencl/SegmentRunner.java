package org.sparkgrad.gpu.engine.opencl;

import com.aparapi.device.OpenCLDevice;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.block.GridModel;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.device.DeviceException;
import org.sparkgrad.gpu.device.KernelSession;

/**
 * A set of arrays on a device, for one segment that stays or for several that take turns. A step moves the coefficients
 * and, when they changed, the tables of rows up, and the sums down; instances only when another segment's turn comes.
 */
final class SegmentRunner implements AutoCloseable {
    /** Stamps are exact in single precision below 2^24. */
    private static final int STAMPS = 1 << 24;

    private final SegmentSums work;
    private final Function<Segment, String> describe;
    private final KernelSession session;
    private Segment loaded;
    private @Nullable SegmentPlan plan;
    private int launches;
    private int stamp;

    /**
     * Moves a segment to the device.
     *
     * @param work the arrays and their kernel
     * @param first the segment, or the first in turn
     * @param shards the engine's
     * @param describe puts device, segment and sizes in words, for messages
     * @throws DeviceException if the device cannot compile the kernel, hold the segment or run
     */
    SegmentRunner(
            SegmentSums work,
            Segment first,
            List<Shard> shards,
            OpenCLDevice device,
            Function<Segment, String> describe) {
        this.work = work;
        this.describe = describe;
        this.loaded = first;
        this.session = new KernelSession(work.kernel(), device, describe.apply(first));
        try {
            work.load(first, shards);
            execute(0);
        } catch (RuntimeException | Error failure) {
            session.close();
            throw failure;
        }
    }

    /**
     * Adds the sums of the planned pieces of a segment to their shards'.
     *
     * @param shards the engine's
     * @param models coefficients, and the fold without weight, of each
     * @param sums of each model
     */
    void sum(Segment segment, SegmentPlan next, List<Shard> shards, List<GridModel> models, List<StepSums> sums) {
        if (segment.index() != loaded.index()) {
            session.setPurpose(describe.apply(segment));
            work.load(segment, shards);
            loaded = segment;
            plan = null;
        }
        if (work.setLeftOut(
                segment, shards, models.stream().map(GridModel::leftOut).toList())) {
            plan = null;
        }
        if (next != plan) {
            launches = work.setPlan(next);
            plan = next;
        }
        work.setCoefficients(models.stream().map(GridModel::coefficients).toList());
        for (int launch = 0; launch < launches; launch++) {
            execute(launch);
            work.addTo(sums);
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

    private void execute(int launch) {
        stamp = (stamp + 1) % STAMPS;
        work.prepare(launch, stamp);
        session.execute(
                work.kernel().items(), work.kernel().groupSize(), work.kernel().passes());
        // Aparapi reports a failed transfer on standard error only.
        if (!work.fetch(stamp)) {
            throw new DeviceException(
                    "%s: the sums of execution %d did not come back".formatted(describe.apply(loaded), stamp));
        }
    }
}

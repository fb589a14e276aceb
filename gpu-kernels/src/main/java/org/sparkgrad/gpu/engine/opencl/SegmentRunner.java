package org.sparkgrad.gpu.engine.opencl;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.block.GridModel;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.device.DeviceException;
import org.sparkgrad.gpu.device.KernelSession;

/**
 * Runs the kernel of one set of arrays on a device, for one segment that stays there or for several that are streamed. A
 * step moves the coefficients to the device, tables of rows if they have changed, and the sums back. Instances move only
 * when another segment is loaded.
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
     * @param session where the kernel will run; closed with the runner, or if this fails
     * @param work makes the arrays and their kernel
     * @param first the segment, or the first of the streamed ones
     * @param shards the engine's
     * @param describe returns device, segment and sizes as a text for messages
     * @throws DeviceException if the device cannot compile the kernel, hold the segment or run
     */
    SegmentRunner(
            KernelSession session,
            Function<KernelSession, SegmentSums> work,
            Segment first,
            List<Shard> shards,
            Function<Segment, String> describe) {
        this.describe = describe;
        this.loaded = first;
        this.session = session;
        session.setPurpose(describe.apply(first));
        try {
            this.work = work.apply(session);
            session.start(this.work.kernel());
            this.work.load(first, shards);
            execute(0);
        } catch (RuntimeException | Error failure) {
            session.close();
            throw failure;
        }
    }

    /**
     * Adds the sums of the planned slices of a segment to the sums of their shards.
     *
     * @param shards the engine's
     * @param models the models of the step
     * @param sums the sums of the step, one object for each model
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

    /** Returns the bytes of the arrays on the device. */
    long bytes() {
        return session.bytes();
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
        // Aparapi's runtime reports a failed transfer on standard error only, so the kernel writes a stamp behind the
        // sums.
        if (!work.fetch(stamp)) {
            throw new DeviceException(
                    "%s: the sums of execution %d did not come back".formatted(describe.apply(loaded), stamp));
        }
    }
}

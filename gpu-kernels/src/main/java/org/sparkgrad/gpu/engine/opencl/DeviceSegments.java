package org.sparkgrad.gpu.engine.opencl;

import com.aparapi.device.OpenCLDevice;
import java.util.ArrayList;
import java.util.List;
import org.sparkgrad.gpu.block.GridModel;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.device.AparapiSession;
import org.sparkgrad.gpu.device.DeviceSelector;
import org.sparkgrad.gpu.device.DirectSession;
import org.sparkgrad.gpu.device.GpuDevice;
import org.sparkgrad.gpu.device.KernelSession;
import org.sparkgrad.gpu.engine.EngineSpec;
import org.sparkgrad.gpu.loss.Loss;

/** The segments of an engine on its device: a runner for each that stays there, and one for all that are streamed. */
final class DeviceSegments implements AutoCloseable {
    private final GpuDevice device;
    private final EngineSpec spec;
    private final DeviceLimits limits;
    private final Loss loss;
    private final int features;
    private final Precision precision;
    private final List<Shard> shards;
    private final DeviceMemoryPlan memory;
    private final UnfinishedShard unfinished;
    private final List<SegmentRunner> runners = new ArrayList<>();

    /** Moves the segments to the device, as the memory plan says; frees what is there if this fails. */
    DeviceSegments(
            GpuDevice device,
            EngineSpec spec,
            DeviceLimits limits,
            Loss loss,
            int features,
            List<Shard> shards,
            DeviceMemoryPlan memory) {
        this.device = device;
        this.spec = spec;
        this.limits = limits;
        this.loss = loss;
        this.features = features;
        this.precision = spec.precision();
        this.shards = shards;
        this.memory = memory;
        this.unfinished = new UnfinishedShard(loss.outputs() * (features + 1) + 1);
        try {
            open();
        } catch (RuntimeException | Error failure) {
            close();
            throw failure;
        }
    }

    private void open() {
        List<Segment> segments = memory.segments();
        for (Segment segment : segments.subList(0, memory.resident())) {
            runners.add(runner(segment, segment.sizes()));
        }
        if (memory.resident() < segments.size()) {
            runners.add(runner(segments.get(memory.resident()), memory.largestStreamed()));
        }
    }

    private SegmentRunner runner(Segment first, BlockSizes largest) {
        OpenCLDevice handle = DeviceSelector.handle(device);
        KernelSession session = switch (spec.runtime()) {
            case DIRECT -> new DirectSession(handle, describe(first));
            case APARAPI -> new AparapiSession(handle, describe(first));
        };
        return new SegmentRunner(session, made -> sums(made, first.sparse(), largest), first, shards, this::describe);
    }

    private SegmentSums sums(KernelSession session, boolean sparse, BlockSizes largest) {
        int rows = Math.toIntExact(largest.rows());
        return sparse
                ? new SparseSegmentSums(session, loss, features, precision, largest)
                : new DenseSegmentSums(session, loss, features, limits, precision, rows, memory.lots(), unfinished);
    }

    /** Adds the sums of a step for as many models as one launch can have. */
    void add(StepPlan step, List<GridModel> models, List<StepSums> sums) {
        unfinished.clear(models.size());
        for (Segment segment : memory.segments()) {
            SegmentPlan rows = step.of(segment);
            if (!rows.slices().isEmpty()) {
                SegmentRunner runner = runners.get(Math.min(segment.index(), memory.resident()));
                runner.sum(segment, rows, shards, models, sums);
            }
        }
        for (int m = 0; m < models.size(); m++) {
            sums.get(m).addWeights(step.weightSums(models.get(m).leftOut()));
        }
    }

    /** Returns the kernel executions so far. */
    long launches() {
        return runners.stream().mapToLong(SegmentRunner::launches).sum();
    }

    /** Returns the bytes of the arrays that have been made so far. */
    long bytes() {
        return runners.stream().mapToLong(SegmentRunner::bytes).sum();
    }

    /** Frees the device memory. */
    @Override
    public void close() {
        runners.forEach(SegmentRunner::close);
    }

    private String describe(Segment segment) {
        return "device %d (%s), segment %d of %d, %d rows x %d features x %d outputs in %s, %d bytes"
                .formatted(
                        device.address(),
                        device.name(),
                        segment.index(),
                        memory.segments().size(),
                        segment.rows(),
                        features,
                        loss.outputs(),
                        precision,
                        segment.sizes().bytes());
    }
}

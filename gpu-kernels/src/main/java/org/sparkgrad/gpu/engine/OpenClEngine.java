package org.sparkgrad.gpu.engine;

import com.aparapi.device.OpenCLDevice;
import java.util.ArrayList;
import java.util.List;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.GradientSum;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.block.RowRange;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.device.DeviceException;
import org.sparkgrad.gpu.device.DeviceSelector;
import org.sparkgrad.gpu.device.GpuDevice;
import org.sparkgrad.gpu.loss.Loss;

/**
 * Sums on an OpenCL device in single precision. The instances are on the device from opening to closing; all pieces of
 * a segment are summed by one kernel execution a step, and merge on the host in double.
 */
public final class OpenClEngine implements GradientEngine {
    private final Loss loss;
    private final int features;
    private final GpuDevice device;
    private final List<Segment> segments;
    private final List<SegmentRunner> runners = new ArrayList<>();
    private List<Shard> shards;
    private List<RowRange> planned = List.of();
    private boolean closed;

    /**
     * @param loss the loss, with K outputs
     * @param features F
     * @param address the device's index in {@link org.sparkgrad.gpu.device.GpuDevices#list}
     * @param shards the shards, all of width F and in single precision
     * @throws IllegalArgumentException if a block has another width or precision, or only some are sparse
     * @throws DeviceException if there is no such device, it cannot hold the shards, or it fails
     */
    public OpenClEngine(Loss loss, int features, int address, List<Shard> shards) {
        this(loss, features, address, shards, Segment.MAX_FLOATS);
    }

    /** @param limit the most elements a device array may have */
    OpenClEngine(Loss loss, int features, int address, List<Shard> shards, long limit) {
        Shapes.checkShards(features, shards);
        Shapes.checkPrecision(EngineKind.OPENCL, Precision.FLOAT, shards);
        Shapes.checkKind(shards);
        this.loss = loss;
        this.features = features;
        this.shards = List.copyOf(shards);
        this.device = DeviceSelector.select(address);
        this.segments = Segment.cut(shards, loss.outputs(), Math.min(limit, device.maxAllocation() / Float.BYTES));
        checkMemory();
        OpenCLDevice handle = DeviceSelector.handle(device);
        try {
            for (Segment segment : segments) {
                runners.add(new SegmentRunner(SegmentSums.of(loss, features, segment), handle, describe(segment)));
            }
        } catch (RuntimeException | Error failure) {
            close();
            throw failure;
        }
    }

    @Override
    public List<Shard> shards() {
        return shards;
    }

    @Override
    public List<GradientSum> sum(Coefficients coefficients, List<RowRange> ranges) {
        if (closed) {
            throw new IllegalStateException("the engine on " + device.name() + " is closed");
        }
        Shapes.checkSum(loss, features, shards.size(), coefficients, ranges);
        if (!ranges.equals(planned)) {
            plan(ranges);
        }
        List<GradientSum> sums = new ArrayList<>(shards.size());
        for (int s = 0; s < shards.size(); s++) {
            sums.add(GradientSum.zero(loss.outputs(), features));
        }
        for (SegmentRunner runner : runners) {
            runner.addTo(sums, coefficients);
        }
        return sums;
    }

    @Override
    public EngineReport report() {
        long launches = runners.stream().mapToLong(SegmentRunner::launches).sum();
        return new EngineReport(EngineKind.OPENCL, device.name(), Precision.FLOAT, "OpenCL C", launches);
    }

    @Override
    public void close() {
        if (!closed) {
            runners.forEach(SegmentRunner::close);
            closed = true;
            shards = List.of();
        }
    }

    /** Returns how many segments the shards were cut into. */
    int segments() {
        return segments.size();
    }

    private void plan(List<RowRange> ranges) {
        List<List<Piece>> pieces = new ArrayList<>(shards.size());
        for (int s = 0; s < shards.size(); s++) {
            pieces.add(Piece.cut(shards.get(s), ranges.get(s)));
        }
        for (Segment segment : segments) {
            runners.get(segment.index()).setPlan(segment.plan(pieces));
        }
        planned = List.copyOf(ranges);
    }

    private void checkMemory() {
        long coefficients = loss.outputs() * (features + 1L);
        long bytes = 0;
        for (Segment segment : segments) {
            bytes += Float.BYTES * (segment.elements() + coefficients);
        }
        if (bytes > device.globalMemory()) {
            throw new DeviceException("%s has %d bytes of memory, the %d segments of %d shards need %d"
                    .formatted(device.name(), device.globalMemory(), segments.size(), shards.size(), bytes));
        }
    }

    private String describe(Segment segment) {
        return "device %d (%s), segment %d of %d, %d rows x %d features x %d outputs"
                .formatted(
                        device.address(),
                        device.name(),
                        segment.index(),
                        segments.size(),
                        segment.rows(),
                        features,
                        loss.outputs());
    }
}

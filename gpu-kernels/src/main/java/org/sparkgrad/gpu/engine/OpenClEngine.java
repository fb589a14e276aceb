package org.sparkgrad.gpu.engine;

import com.aparapi.device.OpenCLDevice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.FoldMask;
import org.sparkgrad.gpu.block.GradientSum;
import org.sparkgrad.gpu.block.GridModel;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.block.RowRange;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.device.DeviceException;
import org.sparkgrad.gpu.device.DeviceSelector;
import org.sparkgrad.gpu.device.GpuDevice;
import org.sparkgrad.gpu.loss.Loss;

/**
 * Sums on an OpenCL device. The instances are on the device from opening to closing, or, where its memory does not take
 * all of them, those that fit; the others are moved in every step. {@link MemoryPlan} decides.
 */
public final class OpenClEngine implements GradientEngine {
    private final Loss loss;
    private final int features;
    private final Precision precision;
    private final GpuDevice device;
    private final DeviceLimits limits;
    private final MemoryPlan memory;
    private final ShardCarry carry;
    private final List<SegmentRunner> runners = new ArrayList<>();
    /** Of the planned rows of each shard, by the fold left out. */
    private final Map<Integer, double[]> weightSums = new HashMap<>();

    private List<Shard> shards;
    private List<RowRange> planned = List.of();
    private List<SegmentPlan> plans = List.of();
    private boolean closed;

    /**
     * @param spec precision, address and memory fraction
     * @param loss the loss, with K outputs
     * @param features F
     * @param shards the shards, all of width F and in the spec's precision
     * @throws IllegalArgumentException if a block has another width or precision, or only some are sparse
     * @throws DeviceException if there is no such device, it does not compute in the precision or cannot hold even a
     *     part of the shards, or it fails
     */
    public OpenClEngine(EngineSpec spec, Loss loss, int features, List<Shard> shards) {
        this(
                spec,
                loss,
                features,
                shards,
                DeviceLimits.of(DeviceSelector.select(spec.address()), spec.precision(), spec.deviceMemoryFraction()));
    }

    /** @param limits instead of the device's own */
    OpenClEngine(EngineSpec spec, Loss loss, int features, List<Shard> shards, DeviceLimits limits) {
        Shapes.checkShards(features, shards);
        Shapes.checkPrecision(EngineKind.OPENCL, spec.precision(), shards);
        Shapes.checkKind(shards);
        this.loss = loss;
        this.features = features;
        this.precision = spec.precision();
        this.limits = limits;
        this.shards = List.copyOf(shards);
        this.device = DeviceSelector.select(spec.address());
        checkPrecision();
        this.carry = new ShardCarry(precision, loss.outputs() * (features + 1) + 1);
        this.memory = MemoryPlan.of(shards, loss, features, precision, limits);
        try {
            open(DeviceSelector.handle(device));
        } catch (RuntimeException | Error failure) {
            close();
            throw failure;
        }
    }

    private void open(OpenCLDevice handle) {
        List<Segment> segments = memory.segments();
        for (Segment segment : segments.subList(0, memory.resident())) {
            runners.add(new SegmentRunner(sums(segment.sparse(), segment.sizes()), segment, handle, this::describe));
        }
        if (memory.resident() < segments.size()) {
            Segment first = segments.get(memory.resident());
            runners.add(
                    new SegmentRunner(sums(first.sparse(), memory.largestInTurns()), first, handle, this::describe));
        }
    }

    private SegmentSums sums(boolean sparse, BlockSizes largest) {
        int rows = Math.toIntExact(largest.rows());
        return sparse
                ? new SparseSegmentSums(loss, features, precision, largest)
                : new DenseSegmentSums(loss, features, limits.shape(), precision, rows, memory.lots(), carry);
    }

    @Override
    public List<Shard> shards() {
        return shards;
    }

    @Override
    public List<GradientSum> sum(Coefficients coefficients, List<RowRange> ranges) {
        return sum(new GridModel(coefficients, GridModel.NONE), ranges);
    }

    /** Models one after the other over the resident instances; those that leave the same fold out in a row. */
    @Override
    public List<List<GradientSum>> sum(List<GridModel> models, List<RowRange> ranges) {
        Shapes.checkGrid(loss, features, shards.size(), models, ranges);
        GradientSum[][] sums = new GradientSum[shards.size()][models.size()];
        for (int leftOut : models.stream().map(GridModel::leftOut).distinct().toList()) {
            for (int m = 0; m < models.size(); m++) {
                if (models.get(m).leftOut() == leftOut) {
                    List<GradientSum> ofModel = sum(models.get(m), ranges);
                    for (int s = 0; s < shards.size(); s++) {
                        sums[s][m] = ofModel.get(s);
                    }
                }
            }
        }
        return Arrays.stream(sums).map(List::of).toList();
    }

    private List<GradientSum> sum(GridModel model, List<RowRange> ranges) {
        if (closed) {
            throw new IllegalStateException("the engine on " + device.name() + " is closed");
        }
        Shapes.checkSum(loss, features, shards.size(), model.coefficients(), ranges);
        if (!ranges.equals(planned)) {
            plan(ranges);
        }
        carry.clear();
        StepSums sums = new StepSums(shards.size(), loss.outputs(), features);
        for (Segment segment : memory.segments()) {
            SegmentPlan plan = plans.get(segment.index());
            if (!plan.pieces().isEmpty()) {
                SegmentRunner runner = runners.get(Math.min(segment.index(), memory.resident()));
                runner.sum(segment, plan, shards, model, sums);
            }
        }
        return sums.with(weightSums.computeIfAbsent(model.leftOut(), this::weigh));
    }

    private double[] weigh(int leftOut) {
        double[] sums = new double[shards.size()];
        for (int s = 0; s < sums.length; s++) {
            for (Piece piece : Piece.cut(shards.get(s), planned.get(s))) {
                sums[s] += piece.sum(shards.get(s).weights(piece.blockIndex(), leftOut));
            }
        }
        return sums;
    }

    /** The rows lie on the heap, too, and few sums of this kind are asked for. */
    @Override
    public double[] gram(int shard, RowRange range, FoldMask taken, @Nullable Coefficients at) {
        Shapes.checkCurvature(features, at);
        return GramSums.fast(shards.get(shard), range, taken, at);
    }

    @Override
    public EngineReport report() {
        long launches = runners.stream().mapToLong(SegmentRunner::launches).sum();
        return new EngineReport(
                EngineKind.OPENCL, device.name(), precision, "OpenCL C", launches, memory.streamedBytes());
    }

    @Override
    public void close() {
        if (!closed) {
            runners.forEach(SegmentRunner::close);
            closed = true;
            shards = List.of();
        }
    }

    /** Returns what lies where. */
    MemoryPlan memory() {
        return memory;
    }

    private void plan(List<RowRange> ranges) {
        List<List<Piece>> pieces = new ArrayList<>(shards.size());
        for (int s = 0; s < shards.size(); s++) {
            pieces.add(Piece.cut(shards.get(s), ranges.get(s)));
        }
        plans = memory.segments().stream().map(segment -> segment.plan(pieces)).toList();
        weightSums.clear();
        planned = List.copyOf(ranges);
    }

    private void checkPrecision() {
        if (precision == Precision.DOUBLE && !device.fp64()) {
            throw new DeviceException(
                    "device %d (%s) does not compute in double: use --precision float, or --engine cpu"
                            .formatted(device.address(), device.name()));
        }
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

package org.sparkgrad.gpu.engine.opencl;

import com.aparapi.device.OpenCLDevice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.block.BlockSlice;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.FoldMask;
import org.sparkgrad.gpu.block.GradientSum;
import org.sparkgrad.gpu.block.GridModel;
import org.sparkgrad.gpu.block.GridSum;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.block.RowRange;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.device.AparapiSession;
import org.sparkgrad.gpu.device.DeviceException;
import org.sparkgrad.gpu.device.DeviceReservations;
import org.sparkgrad.gpu.device.DeviceSelector;
import org.sparkgrad.gpu.device.DirectSession;
import org.sparkgrad.gpu.device.GpuDevice;
import org.sparkgrad.gpu.device.KernelSession;
import org.sparkgrad.gpu.engine.ArgumentChecks;
import org.sparkgrad.gpu.engine.EngineKind;
import org.sparkgrad.gpu.engine.EngineReport;
import org.sparkgrad.gpu.engine.EngineSpec;
import org.sparkgrad.gpu.engine.GradientEngine;
import org.sparkgrad.gpu.engine.OpenClRuntime;
import org.sparkgrad.gpu.engine.gram.GramMatrix;
import org.sparkgrad.gpu.loss.Loss;

/**
 * The engine on an OpenCL device. As many segments of instances as fit stay on the device until the engine is closed; the
 * others are streamed, that is moved to the device in every step. {@link DeviceMemoryPlan} decides.
 */
public final class OpenClEngine implements GradientEngine {
    private final Loss loss;
    private final int features;
    private final Precision precision;
    private final GpuDevice device;
    private final DeviceLimits limits;
    private final boolean sparse;
    private final DeviceMemoryPlan memory;
    private final UnfinishedShard unfinished;
    private final List<SegmentRunner> runners = new ArrayList<>();
    /** The weight sums of the planned rows, one for each shard, by the fold that is left out. */
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
     *     part of the shards, has too little local memory for K outputs, or fails
     */
    public OpenClEngine(EngineSpec spec, Loss loss, int features, List<Shard> shards) {
        this(spec, loss, features, shards, DeviceLimits.of(DeviceSelector.select(spec.address()), spec));
    }

    /** The same with other limits than the device's own. */
    OpenClEngine(EngineSpec spec, Loss loss, int features, List<Shard> shards, DeviceLimits limits) {
        ArgumentChecks.checkShards(features, shards);
        ArgumentChecks.checkPrecision(EngineKind.OPENCL, spec.precision(), shards);
        this.sparse = ArgumentChecks.checkKind(shards);
        this.loss = loss;
        this.features = features;
        this.precision = spec.precision();
        this.limits = limits;
        this.shards = List.copyOf(shards);
        this.device = DeviceSelector.select(spec.address());
        checkPrecision();
        if (!sparse && loss.outputs() > 1) {
            checkLocalMemory();
        }
        this.unfinished = new UnfinishedShard(loss.outputs() * (features + 1) + 1);
        this.memory = DeviceReservations.reserve(
                device.address(),
                reserved -> DeviceMemoryPlan.of(shards, loss, features, precision, limits.afterOthers(reserved)),
                DeviceMemoryPlan::bytes);
        try {
            open(spec.runtime());
        } catch (RuntimeException | Error failure) {
            close();
            throw failure;
        }
    }

    private void open(OpenClRuntime runtime) {
        List<Segment> segments = memory.segments();
        for (Segment segment : segments.subList(0, memory.resident())) {
            runners.add(runner(runtime, segment, segment.sizes()));
        }
        if (memory.resident() < segments.size()) {
            runners.add(runner(runtime, segments.get(memory.resident()), memory.largestStreamed()));
        }
    }

    private SegmentRunner runner(OpenClRuntime runtime, Segment first, BlockSizes largest) {
        OpenCLDevice handle = DeviceSelector.handle(device);
        KernelSession session = switch (runtime) {
            case DIRECT -> new DirectSession(handle, describe(first));
            case APARAPI -> new AparapiSession(handle, describe(first));
        };
        return new SegmentRunner(session, made -> sums(made, first.sparse(), largest), first, shards, this::describe);
    }

    private SegmentSums sums(KernelSession session, boolean sparse, BlockSizes largest) {
        int rows = Math.toIntExact(largest.rows());
        return sparse
                ? new SparseSegmentSums(session, loss, features, precision, largest)
                : new DenseSegmentSums(
                        session, loss, features, limits.shape(), precision, rows, memory.lots(), unfinished);
    }

    @Override
    public List<Shard> shards() {
        return shards;
    }

    @Override
    public List<GradientSum> sum(Coefficients coefficients, List<RowRange> ranges) {
        List<GridSum> sums = sum(List.of(new GridModel(coefficients, GridModel.NONE)), ranges);
        return sums.stream().map(all -> all.model(0)).toList();
    }

    /**
     * Sums dense instances for several models in one launch, in which all models read a lot of rows before the next lot.
     * Sums sparse instances for one model at a time; models that leave out the same fold follow each other. Each model has
     * the bits that it has alone.
     */
    @Override
    public List<GridSum> sum(List<GridModel> models, List<RowRange> ranges) {
        checkOpen();
        ArgumentChecks.checkGrid(loss, features, shards.size(), models, ranges);
        if (!ranges.equals(planned)) {
            plan(ranges);
        }
        List<GridSum> sums = new ArrayList<>();
        for (int s = 0; s < shards.size(); s++) {
            sums.add(GridSum.zero(models.size(), loss.outputs(), features));
        }
        List<Integer> order = IntStream.range(0, models.size())
                .boxed()
                .sorted(Comparator.comparingInt(m -> models.get(m).leftOut()))
                .toList();
        int together = sparse ? 1 : memory.models();
        for (int first = 0; first < order.size(); first += together) {
            List<Integer> some = order.subList(first, Math.min(order.size(), first + together));
            add(
                    some.stream().map(models::get).toList(),
                    some.stream().map(m -> stepSums(sums, m)).toList());
        }
        return sums;
    }

    private static StepSums stepSums(List<GridSum> sums, int model) {
        return new StepSums(sums.stream().map(all -> all.model(model)).toList());
    }

    /** Adds the sums of as many models as one launch can have. */
    private void add(List<GridModel> models, List<StepSums> sums) {
        unfinished.clear(models.size());
        for (Segment segment : memory.segments()) {
            SegmentPlan plan = plans.get(segment.index());
            if (!plan.slices().isEmpty()) {
                SegmentRunner runner = runners.get(Math.min(segment.index(), memory.resident()));
                runner.sum(segment, plan, shards, models, sums);
            }
        }
        for (int m = 0; m < models.size(); m++) {
            sums.get(m).addWeights(weightSums.computeIfAbsent(models.get(m).leftOut(), this::weigh));
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the engine on " + device.name() + " is closed");
        }
    }

    private double[] weigh(int leftOut) {
        double[] sums = new double[shards.size()];
        for (int s = 0; s < sums.length; s++) {
            for (BlockSlice slice : BlockSlice.cut(shards.get(s), planned.get(s))) {
                sums[s] += slice.sum(shards.get(s).weights(slice.blockIndex(), leftOut));
            }
        }
        return sums;
    }

    /** Computed on the processor: the rows are on the heap, too, and training needs few Gram matrices. */
    @Override
    public double[] gram(int shard, RowRange range, FoldMask taken, @Nullable Coefficients at) {
        ArgumentChecks.checkCurvature(features, at);
        return GramMatrix.fastest(shards.get(shard), range, taken, at);
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
            closed = true;
            try {
                runners.forEach(SegmentRunner::close);
            } finally {
                DeviceReservations.release(device.address(), memory.bytes());
                shards = List.of();
            }
        }
    }

    /** Returns the bytes of the arrays that have been made so far, which are not more than the plan's. */
    long arrayBytes() {
        return runners.stream().mapToLong(SegmentRunner::bytes).sum();
    }

    /** Returns which segments stay on the device. */
    DeviceMemoryPlan memory() {
        return memory;
    }

    private void plan(List<RowRange> ranges) {
        List<List<BlockSlice>> slices = new ArrayList<>(shards.size());
        for (int s = 0; s < shards.size(); s++) {
            slices.add(BlockSlice.cut(shards.get(s), ranges.get(s)));
        }
        plans = memory.segments().stream().map(segment -> segment.plan(slices)).toList();
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

    /** Done before data are moved: at the first launch a driver would report only that resources are missing. */
    private void checkLocalMemory() {
        long needed = DenseKernel.localBytes(limits.shape(), precision, loss.outputs());
        if (needed > limits.local()) {
            throw new DeviceException(
                    "device %d (%s): a softmax of %d outputs in %s needs %d bytes of local memory, there are %d: use %s--engine cpu"
                            .formatted(
                                    device.address(),
                                    device.name(),
                                    loss.outputs(),
                                    precision,
                                    needed,
                                    limits.local(),
                                    precision == Precision.DOUBLE ? "--precision float, or " : ""));
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

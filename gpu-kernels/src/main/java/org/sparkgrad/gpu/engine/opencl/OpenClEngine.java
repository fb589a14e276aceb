package org.sparkgrad.gpu.engine.opencl;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.FoldMask;
import org.sparkgrad.gpu.block.GradientSum;
import org.sparkgrad.gpu.block.GridModel;
import org.sparkgrad.gpu.block.GridSum;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.block.RowRange;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.device.DeviceException;
import org.sparkgrad.gpu.device.DeviceReservations;
import org.sparkgrad.gpu.device.DeviceSelector;
import org.sparkgrad.gpu.device.GpuDevice;
import org.sparkgrad.gpu.engine.ArgumentChecks;
import org.sparkgrad.gpu.engine.EngineKind;
import org.sparkgrad.gpu.engine.EngineReport;
import org.sparkgrad.gpu.engine.EngineSpec;
import org.sparkgrad.gpu.engine.GradientEngine;
import org.sparkgrad.gpu.engine.ShardTrees;
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
    private final DeviceSegments segments;

    private List<Shard> shards;
    private final StepPlans plans = new StepPlans();
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
        this.memory = DeviceReservations.reserve(
                device.address(),
                reserved -> DeviceMemoryPlan.of(shards, loss, features, precision, limits.afterOthers(reserved)),
                DeviceMemoryPlan::bytes);
        try {
            this.segments = new DeviceSegments(device, spec, limits, loss, features, shards, memory);
        } catch (RuntimeException | Error failure) {
            DeviceReservations.release(device.address(), memory.bytes());
            throw failure;
        }
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
        return sum(plan(models, ranges, List.of()), models, shards.size());
    }

    @Override
    public List<GradientSum> sum(Coefficients coefficients, List<RowRange> ranges, List<Integer> trees) {
        List<GridSum> sums = sum(List.of(new GridModel(coefficients, GridModel.NONE)), ranges, trees);
        return sums.stream().map(all -> all.model(0)).toList();
    }

    /**
     * Merges dense shards on the device, if it computes in double, all shards are in one segment there, and one launch sums
     * all rows; else on the host.
     */
    @Override
    public List<GridSum> sum(List<GridModel> models, List<RowRange> ranges, List<Integer> trees) {
        checkOpen();
        ArgumentChecks.checkGrid(loss, features, shards.size(), models, ranges);
        ShardTrees.check(shards.size(), trees);
        if (!sparse && limits.merges()) {
            StepPlan merging = plan(models, ranges, trees);
            if (merging.merges()) {
                return sum(merging, models, trees.size());
            }
        }
        return GradientEngine.super.sum(models, ranges, trees);
    }

    /** Returns so many sums for each model: of shards, or of trees. */
    private List<GridSum> sum(StepPlan step, List<GridModel> models, int count) {
        List<GridSum> sums = new ArrayList<>();
        for (int s = 0; s < count; s++) {
            sums.add(GridSum.zero(models.size(), loss.outputs(), features));
        }
        if (models.size() == 1) {
            segments.add(step, models, List.of(stepSums(sums, 0)));
        } else {
            addTogether(step, models, sums);
        }
        return sums;
    }

    private void addTogether(StepPlan step, List<GridModel> models, List<GridSum> sums) {
        List<Integer> order = IntStream.range(0, models.size())
                .boxed()
                .sorted(Comparator.comparingInt(m -> models.get(m).leftOut()))
                .toList();
        int together = together(models);
        for (int first = 0; first < order.size(); first += together) {
            List<Integer> some = order.subList(first, Math.min(order.size(), first + together));
            segments.add(
                    step,
                    some.stream().map(models::get).toList(),
                    some.stream().map(m -> stepSums(sums, m)).toList());
        }
    }

    private int together(List<GridModel> models) {
        return sparse ? 1 : Math.min(models.size(), memory.models());
    }

    private static StepSums stepSums(List<GridSum> sums, int model) {
        return new StepSums(sums.stream().map(all -> all.model(model)).toList());
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the engine on " + device.name() + " is closed");
        }
    }

    /** Computed on the processor: the rows are on the heap, too, and training needs few Gram matrices. */
    @Override
    public double[] gram(int shard, RowRange range, FoldMask taken, @Nullable Coefficients at) {
        ArgumentChecks.checkCurvature(features, at);
        return GramMatrix.fastest(shards.get(shard), range, taken, at);
    }

    @Override
    public EngineReport report() {
        return new EngineReport(
                EngineKind.OPENCL, device.name(), precision, "OpenCL C", segments.launches(), memory.streamedBytes());
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            try {
                segments.close();
            } finally {
                DeviceReservations.release(device.address(), memory.bytes());
                shards = List.of();
                plans.clear();
            }
        }
    }

    /** Returns the bytes of the arrays that have been made so far, which are not more than the plan's. */
    long arrayBytes() {
        return segments.bytes();
    }

    /** Returns which segments stay on the device. */
    DeviceMemoryPlan memory() {
        return memory;
    }

    private StepPlan plan(List<GridModel> models, List<RowRange> ranges, List<Integer> trees) {
        StepPlan.Request request =
                new StepPlan.Request(List.copyOf(ranges), List.copyOf(trees), trees.isEmpty() ? 1 : together(models));
        return plans.get(
                request,
                () -> StepPlan.of(shards, memory, request, DenseKernel.lotRows(limits.shape(), loss.outputs())));
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
}

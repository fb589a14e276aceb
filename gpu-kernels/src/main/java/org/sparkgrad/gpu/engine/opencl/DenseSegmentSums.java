package org.sparkgrad.gpu.engine.opencl;

import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.DenseBlock;
import org.sparkgrad.gpu.block.GradientSum;
import org.sparkgrad.gpu.block.GridModel;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.device.DeviceArray;
import org.sparkgrad.gpu.device.KernelSession;
import org.sparkgrad.gpu.kernel.GradientKernel;
import org.sparkgrad.gpu.loss.Loss;

/**
 * Sums segments of dense blocks. For each shard and model the device returns K x (F + 1) gradients and the loss, each as a
 * pair of numbers; or, if it merges shards, one double each for a tree of shards. The labels on the device contain the
 * folds of the rows, so a model can leave out a fold.
 */
final class DenseSegmentSums implements SegmentSums {
    private final int features;
    private final int size;
    private final Precision precision;
    private final KernelSession session;
    private final int lotRows;
    private final int maxLots;
    private final boolean merges;
    private final DenseArrays arrays;
    private final DenseKernel kernel;
    private final UnfinishedShard unfinished;
    private List<Integer> leftOut = List.of(GridModel.NONE);
    /** The launches of plans that the engine keeps, for these folds. */
    private final Map<SegmentPlan, List<DenseLaunch>> cut = new WeakHashMap<>();

    private List<DenseLaunch> launches = List.of();
    private DenseLaunch launch = DenseLaunch.NOTHING;
    private DeviceArray coefficients;
    private DeviceArray partials;
    private DeviceArray carried;
    private DeviceArray sums;
    private DeviceArray merged;
    private DeviceArray lots;
    private DeviceArray parts;
    private DeviceArray trees;

    /**
     * @param limits say which family of kernels, and whether the device can merge shards
     * @param rows N of the largest segment
     * @param maxLots the most lots of a launch
     * @param unfinished shared by all segments of the engine
     */
    DenseSegmentSums(
            KernelSession session,
            Loss loss,
            int features,
            DeviceLimits limits,
            Precision precision,
            int rows,
            int maxLots,
            UnfinishedShard unfinished) {
        int outputs = loss.outputs();
        this.session = session;
        this.features = features;
        this.size = outputs * (features + 1) + 1;
        this.precision = precision;
        this.lotRows = DenseKernel.lotRows(limits.shape(), outputs);
        this.maxLots = maxLots;
        this.merges = limits.merges();
        this.unfinished = unfinished;
        this.arrays = DenseArrays.of(session, precision, rows, features);
        this.kernel =
                new DenseKernel(limits.shape(), merges, precision, SegmentSums.mode(loss), features, outputs, arrays);
        this.sums = numbers(1);
        // A device that does not merge may have no doubles, and its kernel does not use these two.
        this.merged = merges ? session.doubles(1) : numbers(1);
        this.coefficients = numbers(size - 1);
        this.carried = numbers(2 * size);
        this.partials = numbers(1);
        this.lots = session.ints(DenseLaunch.NOTHING.lotTable().length);
        this.parts = session.ints(DenseLaunch.NOTHING.partTable().length);
        this.trees = session.ints(DenseLaunch.NOTHING.treeTable().length);
        kernel.setModels(coefficients, partials, carried);
        setRows();
    }

    private DeviceArray numbers(int length) {
        return KernelArrays.numbers(session, precision, length);
    }

    private void setRows() {
        lots = session.fit(lots, launch.lotTable().length);
        parts = session.fit(parts, launch.partTable().length);
        lots.write(0, launch.lotTable(), launch.lotTable().length);
        parts.write(0, launch.partTable(), launch.partTable().length);
        kernel.setRows(launch, lots, parts);
        if (merges) {
            trees = session.fit(trees, launch.treeTable().length);
            trees.write(0, launch.treeTable(), launch.treeTable().length);
            kernel.setTrees(launch, trees, merged);
        }
    }

    @Override
    public GradientKernel kernel() {
        return kernel.kernel();
    }

    @Override
    public void load(Segment segment, List<Shard> shards) {
        for (Segment.PlacedBlock placed : segment.blocks()) {
            DenseBlock block = (DenseBlock) placed.values();
            Object values = precision == Precision.FLOAT ? block.floats() : block.doubles();
            arrays.features().write((long) placed.firstRow() * features, values, block.rows() * features);
        }
        segment.writeLabels(arrays.labels(), shards);
        segment.writeWeights(arrays.weights());
    }

    @Override
    public boolean setLeftOut(Segment segment, List<Shard> shards, List<Integer> next) {
        boolean other = !next.equals(leftOut);
        if (next.size() != leftOut.size()) {
            coefficients = session.fit(coefficients, (long) (size - 1) * next.size());
            carried = session.fit(carried, 2L * size * next.size());
            kernel.setModels(coefficients, partials, carried);
        }
        if (other) {
            cut.clear();
        }
        leftOut = List.copyOf(next);
        return other;
    }

    @Override
    public int setPlan(SegmentPlan plan) {
        launches = cut.computeIfAbsent(plan, rows -> DenseLaunch.cut(rows, lotRows, maxLots, leftOut));
        int mostParts = launches.stream().mapToInt(DenseLaunch::parts).max().orElse(0);
        sums = session.fit(sums, Math.addExact(Math.multiplyExact(2 * size, mostParts), 1));
        if (plan.merges()) {
            merged = session.fit(merged, Math.addExact(Math.multiplyExact(size, mostParts), 1));
        }
        int mostLots = launches.stream().mapToInt(DenseLaunch::lots).max().orElse(0);
        if (partials.length() < (long) size * mostLots) {
            partials = session.fit(partials, (long) size * mostLots);
            kernel.setModels(coefficients, partials, carried);
        }
        return launches.size();
    }

    @Override
    public void setCoefficients(List<Coefficients> values) {
        for (int m = 0; m < values.size(); m++) {
            coefficients.writeRounded((long) m * (size - 1), values.get(m).values());
        }
    }

    @Override
    public void prepare(int index, int stamp) {
        DenseLaunch next = index < launches.size() ? launches.get(index) : DenseLaunch.NOTHING;
        if (next != launch) {
            launch = next;
            setRows();
        }
        boolean continues = launch.parts() > 0 && unfinished.is(launch.shards()[0]);
        if (continues) {
            unfinished.writeTo(carried);
        }
        returned().forget(stampAt());
        kernel.setSums(sums, stamp, continues ? leftOut.size() : 0);
    }

    @Override
    public boolean fetch(int stamp) {
        returned().read(stampAt() + 1);
        return returned().get(stampAt()) == stamp;
    }

    private DeviceArray returned() {
        return launch.trees() == 0 ? sums : merged;
    }

    @Override
    public void addTo(List<StepSums> steps) {
        if (launch.trees() == 0) {
            addPairs(steps);
        } else {
            addTrees(steps);
        }
    }

    private void addTrees(List<StepSums> steps) {
        int models = leftOut.size();
        for (int tree = 0; tree < launch.trees(); tree++) {
            GradientSum sum = steps.get(tree % models).of(tree / models);
            merged.copyTo(sum.numbers(), sum.gradientStart(), size * tree, size - 1);
            sum.setLossSum(merged.get(size * tree + size - 1));
        }
    }

    /** The pairs of a shard include the sums of earlier launches, so they replace the step's sums of that shard. */
    private void addPairs(List<StepSums> steps) {
        int models = leftOut.size();
        for (int part = 0; part < launch.parts(); part++) {
            int shard = launch.shards()[part / models];
            GradientSum sum = steps.get(part % models).of(shard);
            double[] numbers = sum.numbers();
            int at = sum.gradientStart();
            int first = 2 * size * part;
            for (int i = 0; i < size - 1; i++) {
                numbers[at + i] = sums.get(first + i) + sums.get(first + size + i);
            }
            sum.setLossSum(sums.get(first + size - 1) + sums.get(first + 2 * size - 1));
        }
        int last = launch.shards().length - 1;
        unfinished.keep(launch.shards()[last], sums, 2 * size * models * last);
    }

    private int stampAt() {
        return launch.trees() == 0 ? 2 * size * launch.parts() : size * launch.trees();
    }
}

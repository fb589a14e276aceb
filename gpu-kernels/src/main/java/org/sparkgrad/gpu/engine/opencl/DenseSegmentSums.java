package org.sparkgrad.gpu.engine.opencl;

import java.util.List;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.DenseBlock;
import org.sparkgrad.gpu.block.GradientSum;
import org.sparkgrad.gpu.block.GridModel;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.kernel.GradientKernel;
import org.sparkgrad.gpu.loss.Loss;

/**
 * Sums segments of dense blocks. For each shard and model the device returns K x (F + 1) gradients and the loss, each as a
 * pair of numbers. The labels on the device contain the folds of the rows, so a model can leave out a fold.
 */
final class DenseSegmentSums implements SegmentSums {
    private final int features;
    private final int size;
    private final Precision precision;
    private final int lotRows;
    private final int maxLots;
    private final DenseArrays arrays;
    private final DenseKernel kernel;
    private final UnfinishedShard unfinished;
    private boolean loaded;
    private List<Integer> leftOut = List.of(GridModel.NONE);
    private List<DenseLaunch> launches = List.of();
    private DenseLaunch launch = DenseLaunch.NOTHING;
    private DeviceArray coefficients;
    private DeviceArray partials;
    private DeviceArray carried;
    private DeviceArray sums;

    /**
     * @param rows N of the largest segment
     * @param maxLots the most lots of a launch
     * @param unfinished shared by all segments of the engine
     */
    DenseSegmentSums(
            Loss loss,
            int features,
            KernelShape shape,
            Precision precision,
            int rows,
            int maxLots,
            UnfinishedShard unfinished) {
        int outputs = loss.outputs();
        this.features = features;
        this.size = outputs * (features + 1) + 1;
        this.precision = precision;
        this.lotRows = DenseKernel.lotRows(shape, outputs);
        this.maxLots = maxLots;
        this.unfinished = unfinished;
        this.arrays = DenseArrays.of(precision, rows, features);
        this.kernel = new DenseKernel(shape, precision, SegmentSums.mode(loss), features, outputs, arrays);
        this.sums = new DeviceArray(precision, 1);
        this.coefficients = new DeviceArray(precision, size - 1);
        this.carried = new DeviceArray(precision, 2 * size);
        this.partials = new DeviceArray(precision, 1);
        kernel.setModels(coefficients, partials, carried);
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
            arrays.features().copyArray(values, block.rows() * features, placed.firstRow() * features);
        }
        segment.copyLabels(arrays.labels());
        segment.addFolds(arrays.labels(), shards);
        segment.copyWeights(arrays.weights());
        if (loaded) {
            arrays.features().put(kernel());
            arrays.weights().put(kernel());
            kernel().put(arrays.labels());
        }
        loaded = true;
    }

    @Override
    public boolean setLeftOut(Segment segment, List<Shard> shards, List<Integer> next) {
        boolean other = !next.equals(leftOut);
        if (next.size() != leftOut.size()) {
            coefficients = new DeviceArray(precision, (size - 1) * next.size());
            carried = new DeviceArray(precision, 2 * size * next.size());
            kernel.setModels(coefficients, partials, carried);
        }
        leftOut = List.copyOf(next);
        return other;
    }

    @Override
    public int setPlan(SegmentPlan plan) {
        launches = DenseLaunch.cut(plan, lotRows, maxLots, leftOut);
        int parts = launches.stream().mapToInt(DenseLaunch::parts).max().orElse(0);
        int numbers = 2 * size * parts + 1;
        // Aparapi moves whole arrays, so a mini-batch needs a smaller array than a full pass.
        if (numbers > sums.length() || numbers < sums.length() / 2) {
            sums = new DeviceArray(precision, numbers);
        }
        int lots = launches.stream().mapToInt(DenseLaunch::lots).max().orElse(0);
        if (partials.length() < size * lots) {
            partials = new DeviceArray(precision, Math.multiplyExact(size, lots));
            kernel.setModels(coefficients, partials, carried);
        }
        return launches.size();
    }

    @Override
    public void setCoefficients(List<Coefficients> values) {
        for (int m = 0; m < values.size(); m++) {
            coefficients.copy(values.get(m).values(), m * (size - 1));
        }
        coefficients.put(kernel());
    }

    @Override
    public void prepare(int index, int stamp) {
        DenseLaunch next = index < launches.size() ? launches.get(index) : DenseLaunch.NOTHING;
        if (next != launch) {
            launch = next;
            kernel.setRows(launch);
            kernel().put(launch.lotTable());
            kernel().put(launch.partTable());
        }
        boolean continues = launch.parts() > 0 && unfinished.is(launch.shards()[0]);
        if (continues) {
            unfinished.writeTo(carried);
            carried.put(kernel());
        }
        sums.set(stampAt(), -1);
        kernel.setSums(sums, stamp, continues ? leftOut.size() : 0);
    }

    @Override
    public boolean fetch(int stamp) {
        sums.get(kernel());
        return sums.get(stampAt()) == stamp;
    }

    /** The pairs of a shard include the sums of earlier launches, so they replace the step's sums of that shard. */
    @Override
    public void addTo(List<StepSums> steps) {
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
        return 2 * size * launch.parts();
    }
}

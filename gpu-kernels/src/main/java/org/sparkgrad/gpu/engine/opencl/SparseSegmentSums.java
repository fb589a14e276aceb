package org.sparkgrad.gpu.engine.opencl;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.ColumnRuns;
import org.sparkgrad.gpu.block.GradientSum;
import org.sparkgrad.gpu.block.GridModel;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.kernel.GradientKernel;
import org.sparkgrad.gpu.loss.Loss;

/**
 * Sums segments of sparse blocks, which are on the device by rows and by columns, as {@link ColumnRuns}. The device returns
 * K sums for each run of the planned blocks and K + 1 sums for each lot of rows: fewer than K x (F + 1) a block, since
 * columns without entries have no runs.
 */
final class SparseSegmentSums implements SegmentSums {
    private final int outputs;
    private final int features;
    private final Precision precision;
    private final DeviceArray coefficients;
    private final SparseSegmentArrays arrays;
    private final SparseKernel kernel;
    private boolean loaded;
    private int leftOut = GridModel.NONE;
    private @Nullable ColumnValues columns;
    private List<SegmentPlan.PlacedSlice> slices = List.of();
    private SparsePlan plan;
    private boolean planned;
    private DeviceArray sums;

    /** @param largest sizes that no segment exceeds */
    SparseSegmentSums(Loss loss, int features, Precision precision, BlockSizes largest) {
        this.outputs = loss.outputs();
        this.features = features;
        this.precision = precision;
        this.coefficients = new DeviceArray(precision, (features + 1) * outputs);
        this.arrays = new SparseSegmentArrays(precision, largest);
        this.kernel = new SparseKernel(precision, SegmentSums.mode(loss), features, outputs, arrays, coefficients);
        this.plan = SparsePlan.of(slices, arrays.firstRuns());
        this.sums = new DeviceArray(precision, 1);
    }

    @Override
    public GradientKernel kernel() {
        return kernel.kernel();
    }

    @Override
    public void load(Segment segment, List<Shard> shards) {
        arrays.load(segment);
        columns = segment.columns();
        leftOut = GridModel.NONE;
        kernel.setValued(columns == null);
        if (loaded) {
            arrays.put(kernel());
        }
        loaded = true;
    }

    /** Moves the weights of the model; there is one model at a time. */
    @Override
    public boolean setLeftOut(Segment segment, List<Shard> shards, List<Integer> next) {
        if (next.get(0) != leftOut) {
            leftOut = next.get(0);
            segment.copyWeights(arrays.weights(), shards, leftOut);
            arrays.weights().put(kernel());
        }
        return false;
    }

    @Override
    public int setPlan(SegmentPlan next) {
        slices = next.slices();
        plan = SparsePlan.of(slices, arrays.firstRuns());
        planned = false;
        int numbers = numbers() + 1;
        // Aparapi moves whole arrays, so a mini-batch needs a smaller array than a full pass.
        if (numbers > sums.length() || numbers < sums.length() / 2) {
            sums = new DeviceArray(precision, numbers);
        }
        return slices.isEmpty() ? 0 : 1;
    }

    /** Writes K x (F + 1) doubles as (F + 1) x K numbers, times the values of columns if entries have no values. */
    @Override
    public void setCoefficients(List<Coefficients> models) {
        double[] values = models.get(0).values();
        for (int k = 0; k < outputs; k++) {
            for (int j = 0; j <= features; j++) {
                coefficients.set(j * outputs + k, scale(j) * values[k * (features + 1) + j]);
            }
        }
        coefficients.put(kernel());
    }

    @Override
    public void prepare(int launch, int stamp) {
        if (!planned && !slices.isEmpty()) {
            kernel.setTables(plan);
            kernel().put(plan.strips());
            kernel().put(plan.lots());
            kernel().put(plan.slices());
            planned = true;
        }
        sums.set(numbers(), -1);
        kernel.setSums(sums, stamp);
    }

    @Override
    public boolean fetch(int stamp) {
        sums.get(kernel());
        return sums.get(numbers()) == stamp;
    }

    @Override
    public void addTo(List<StepSums> steps) {
        StepSums step = steps.get(0);
        int atRun = 0;
        int atLot = plan.runCount() * outputs;
        for (SegmentPlan.PlacedSlice placed : slices) {
            GradientSum sum = step.of(placed.shard());
            double[] numbers = sum.numbers();
            int at = sum.gradientStart();
            int end = arrays.firstRuns()[placed.block() + 1];
            for (int run = arrays.firstRuns()[placed.block()]; run < end; run++) {
                int feature = arrays.runFeatures()[run];
                for (int k = 0; k < outputs; k++) {
                    numbers[at + k * (features + 1) + feature] += scale(feature) * sums.get(atRun++);
                }
            }
            double lossSum = 0;
            for (int lot = 0; lot < SparsePlan.lots(placed.rows()); lot++) {
                for (int k = 0; k < outputs; k++) {
                    numbers[at + k * (features + 1) + features] += sums.get(atLot++);
                }
                lossSum += sums.get(atLot++);
            }
            sum.add(lossSum, 0);
        }
    }

    private double scale(int feature) {
        return columns == null || feature == features ? 1 : columns.value(feature);
    }

    private int numbers() {
        return plan.runCount() * outputs + plan.lotCount() * (outputs + 1);
    }
}

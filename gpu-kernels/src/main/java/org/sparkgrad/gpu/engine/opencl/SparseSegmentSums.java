package org.sparkgrad.gpu.engine.opencl;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.ColumnRuns;
import org.sparkgrad.gpu.block.GradientSum;
import org.sparkgrad.gpu.block.GridModel;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.device.DeviceArray;
import org.sparkgrad.gpu.device.KernelSession;
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
    private final KernelSession session;
    private final DeviceArray coefficients;
    private final SparseSegmentArrays arrays;
    private final SparseKernel kernel;
    private int leftOut = GridModel.NONE;
    private @Nullable ColumnValues columns;
    private List<SegmentPlan.PlacedSlice> slices = List.of();
    private SparsePlan plan;
    private boolean planned;
    private final double[] scaled;
    private DeviceArray sums;
    private DeviceArray strips;
    private DeviceArray lots;
    private DeviceArray sliceTable;

    /** @param largest sizes that no segment exceeds */
    SparseSegmentSums(KernelSession session, Loss loss, int features, Precision precision, BlockSizes largest) {
        this.outputs = loss.outputs();
        this.features = features;
        this.session = session;
        this.scaled = new double[(features + 1) * outputs];
        this.coefficients = KernelArrays.numbers(session, precision, scaled.length);
        this.arrays = new SparseSegmentArrays(session, precision, largest, outputs);
        this.kernel = new SparseKernel(precision, SegmentSums.mode(loss), features, outputs, arrays, coefficients);
        this.plan = SparsePlan.of(slices, arrays.firstRuns());
        this.sums = KernelArrays.numbers(session, precision, 1);
        this.strips = session.ints(2);
        this.lots = session.ints(2);
        this.sliceTable = session.ints(4);
        setTables();
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
    }

    /** Moves the weights of the model; there is one model at a time. */
    @Override
    public boolean setLeftOut(Segment segment, List<Shard> shards, List<Integer> next) {
        if (next.get(0) != leftOut) {
            leftOut = next.get(0);
            segment.writeWeights(arrays.weights(), shards, leftOut);
        }
        return false;
    }

    @Override
    public int setPlan(SegmentPlan next) {
        slices = next.slices();
        plan = SparsePlan.of(slices, arrays.firstRuns());
        planned = false;
        sums = session.fit(sums, numbers() + 1L);
        return slices.isEmpty() ? 0 : 1;
    }

    /** Writes K x (F + 1) doubles as (F + 1) x K numbers, times the values of columns if entries have no values. */
    @Override
    public void setCoefficients(List<Coefficients> models) {
        double[] values = models.get(0).values();
        for (int k = 0; k < outputs; k++) {
            for (int j = 0; j <= features; j++) {
                scaled[j * outputs + k] = scale(j) * values[k * (features + 1) + j];
            }
        }
        coefficients.writeRounded(0, scaled);
    }

    @Override
    public void prepare(int launch, int stamp) {
        if (!planned && !slices.isEmpty()) {
            setTables();
            planned = true;
        }
        sums.forget(numbers());
        kernel.setSums(sums, stamp);
    }

    private void setTables() {
        strips = written(strips, plan.strips());
        lots = written(lots, plan.lots());
        sliceTable = written(sliceTable, plan.slices());
        kernel.setTables(plan, strips, lots, sliceTable);
    }

    private DeviceArray written(DeviceArray array, int[] table) {
        DeviceArray fitting = session.fit(array, table.length);
        fitting.write(0, table, table.length);
        return fitting;
    }

    @Override
    public boolean fetch(int stamp) {
        sums.read(numbers() + 1);
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

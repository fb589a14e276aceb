package org.sparkgrad.gpu.engine.opencl;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.ColumnRuns;
import org.sparkgrad.gpu.block.GridModel;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.kernel.GradientKernel;
import org.sparkgrad.gpu.loss.Loss;

/**
 * Segments of sparse blocks: by rows as they are, and by columns as {@link ColumnRuns}. What comes back is K sums for
 * each run of the planned blocks, and K + 1 for each lot of rows of a piece: as much as there are columns in use, not
 * K x (F + 1) a block.
 */
final class SparseSegmentSums implements SegmentSums {
    private final int outputs;
    private final int features;
    private final Precision precision;
    private final DeviceNumbers coefficients;
    private final SparseSegmentArrays arrays;
    private final SparseKernel kernel;
    private boolean loaded;
    private int leftOut = GridModel.NONE;
    private @Nullable ColumnValues columns;
    private List<SegmentPlan.PlacedPiece> pieces = List.of();
    private SparsePlan plan;
    private boolean planned;
    private DeviceNumbers sums;

    /** @param largest sizes that no segment exceeds */
    SparseSegmentSums(Loss loss, int features, Precision precision, BlockSizes largest) {
        this.outputs = loss.outputs();
        this.features = features;
        this.precision = precision;
        this.coefficients = new DeviceNumbers(precision, (features + 1) * outputs);
        this.arrays = new SparseSegmentArrays(precision, largest);
        this.kernel = new SparseKernel(precision, SegmentSums.mode(loss), features, outputs, arrays, coefficients);
        this.plan = SparsePlan.of(pieces, arrays.firstRuns());
        this.sums = new DeviceNumbers(precision, 1);
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

    /** One model at a time: its weights are moved. */
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
        pieces = next.pieces();
        plan = SparsePlan.of(pieces, arrays.firstRuns());
        planned = false;
        int numbers = numbers() + 1;
        // Aparapi moves whole arrays: a mini-batch must not bring back the sums of a full pass.
        if (numbers > sums.length() || numbers < sums.length() / 2) {
            sums = new DeviceNumbers(precision, numbers);
        }
        return pieces.isEmpty() ? 0 : 1;
    }

    /** K x (F + 1) doubles to (F + 1) x K numbers, times the values of the columns where entries have none. */
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
        if (!planned && !pieces.isEmpty()) {
            kernel.setTables(plan);
            kernel().put(plan.strips());
            kernel().put(plan.lots());
            kernel().put(plan.pieces());
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
        for (SegmentPlan.PlacedPiece placed : pieces) {
            double[] gradient = step.gradient(placed.shard());
            int end = arrays.firstRuns()[placed.block() + 1];
            for (int run = arrays.firstRuns()[placed.block()]; run < end; run++) {
                int feature = arrays.runFeatures()[run];
                for (int k = 0; k < outputs; k++) {
                    gradient[k * (features + 1) + feature] += scale(feature) * sums.get(atRun++);
                }
            }
            double lossSum = 0;
            for (int lot = 0; lot < SparsePlan.lots(placed.rows()); lot++) {
                for (int k = 0; k < outputs; k++) {
                    gradient[k * (features + 1) + features] += sums.get(atLot++);
                }
                lossSum += sums.get(atLot++);
            }
            step.addLoss(placed.shard(), lossSum);
        }
    }

    private double scale(int feature) {
        return columns == null || feature == features ? 1 : columns.value(feature);
    }

    private int numbers() {
        return plan.runCount() * outputs + plan.lotCount() * (outputs + 1);
    }
}

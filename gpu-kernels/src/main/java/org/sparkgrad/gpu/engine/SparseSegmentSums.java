package org.sparkgrad.gpu.engine;

import java.util.List;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.GradientSum;
import org.sparkgrad.gpu.kernel.SparseGradientKernel;
import org.sparkgrad.gpu.loss.Loss;

/**
 * A segment of sparse blocks: by rows as they are, and by columns as {@link ColumnRuns}. What comes back is K sums for
 * each run of the planned blocks, and K + 1 for each lot of up to {@value #LOT_STRIPS} strips of a piece: as much as
 * there are columns in use, not K x (F + 1) a block.
 */
final class SparseSegmentSums implements SegmentSums {
    /** Strips of a lot: with sixteen rows a strip, as many rows as a run has entries. */
    private static final int LOT_STRIPS = 16;

    private final int outputs;
    private final int features;
    private final float[] coefficients;
    private final int[] firstRuns;
    private final int[] runFeatures;
    private final SparseGradientKernel kernel;
    private SegmentPlan plan = new SegmentPlan(List.of());
    private int plannedRuns;
    private int plannedLots;

    SparseSegmentSums(Loss loss, int features, Segment segment) {
        this.outputs = loss.outputs();
        this.features = features;
        this.coefficients = new float[(features + 1) * outputs];
        SparseSegmentArrays arrays = new SparseSegmentArrays(segment);
        this.firstRuns = arrays.firstRuns();
        this.runFeatures = arrays.runFeatures();
        this.kernel = new SparseGradientKernel(
                SegmentSums.mode(loss),
                features,
                outputs,
                arrays.rowStarts(),
                arrays.indices(),
                arrays.values(),
                arrays.runStarts(),
                arrays.runRows(),
                arrays.runValues(),
                segment.labels(),
                segment.weights(),
                coefficients);
    }

    /** Returns the lots of a piece of so many rows. */
    static int lots(int rows) {
        int lotRows = LOT_STRIPS * SparseGradientKernel.STRIP;
        return (rows + lotRows - 1) / lotRows;
    }

    @Override
    public SparseGradientKernel kernel() {
        return kernel;
    }

    @Override
    public void setPlan(SegmentPlan next) {
        plan = next;
        List<SegmentPlan.PlacedPiece> pieces = plan.pieces();
        plannedLots = pieces.stream().mapToInt(p -> lots(p.piece().rows())).sum();
        plannedRuns = 0;
        // Never empty: Aparapi does not move arrays without elements.
        int[] lotTable = new int[Math.max(2, 2 * plannedLots)];
        int[] runTable = new int[Math.max(4, 4 * pieces.size())];
        int lot = 0;
        for (int p = 0; p < pieces.size(); p++) {
            SegmentPlan.PlacedPiece placed = pieces.get(p);
            runTable[4 * p] = plannedRuns;
            runTable[4 * p + 1] = firstRuns[placed.block()];
            runTable[4 * p + 2] = placed.firstRow();
            runTable[4 * p + 3] = placed.firstRow() + placed.piece().rows();
            plannedRuns += runs(placed);
            int strips = plan.pieceTable()[2 * p + 1];
            for (int strip = 0; strip < strips; strip += LOT_STRIPS) {
                lotTable[2 * lot] = plan.pieceTable()[2 * p] + strip;
                lotTable[2 * lot + 1] = Math.min(LOT_STRIPS, strips - strip);
                lot++;
            }
        }
        kernel.setRows(plan.stripTable(), plan.strips(), lotTable, plannedLots);
        kernel.setRuns(runTable, pieces.size(), plannedRuns);
        kernel.put(plan.stripTable());
        kernel.put(lotTable);
        kernel.put(runTable);
    }

    /** K x (F + 1) doubles to (F + 1) x K floats. */
    @Override
    public void setCoefficients(Coefficients values) {
        for (int k = 0; k < outputs; k++) {
            for (int j = 0; j <= features; j++) {
                coefficients[j * outputs + k] = (float) values.values()[k * (features + 1) + j];
            }
        }
        kernel.put(coefficients);
    }

    @Override
    public int floats() {
        return plannedRuns * outputs + plannedLots * (outputs + 1);
    }

    @Override
    public void addTo(List<GradientSum> shardSums, float[] sums) {
        int atRun = 0;
        int atLot = plannedRuns * outputs;
        for (SegmentPlan.PlacedPiece placed : plan.pieces()) {
            GradientSum shardSum = shardSums.get(placed.shard());
            double[] gradient = shardSum.gradientSum();
            int first = firstRuns[placed.block()];
            for (int run = first; run < first + runs(placed); run++) {
                for (int k = 0; k < outputs; k++) {
                    gradient[k * (features + 1) + runFeatures[run]] += sums[atRun++];
                }
            }
            double lossSum = 0;
            for (int lot = 0; lot < lots(placed.piece().rows()); lot++) {
                for (int k = 0; k < outputs; k++) {
                    gradient[k * (features + 1) + features] += sums[atLot++];
                }
                lossSum += sums[atLot++];
            }
            shardSum.add(lossSum, placed.piece().weightSum());
        }
    }

    private int runs(SegmentPlan.PlacedPiece placed) {
        return firstRuns[placed.block() + 1] - firstRuns[placed.block()];
    }
}

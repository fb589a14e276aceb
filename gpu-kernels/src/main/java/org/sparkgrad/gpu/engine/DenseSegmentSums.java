package org.sparkgrad.gpu.engine;

import java.util.List;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.DenseBlock;
import org.sparkgrad.gpu.block.GradientSum;
import org.sparkgrad.gpu.kernel.GradientKernel;
import org.sparkgrad.gpu.loss.Loss;

/** A segment of dense blocks; a piece's sums are its K x (F + 1) gradient and its loss. */
final class DenseSegmentSums implements SegmentSums {
    private final int outputs;
    private final int features;
    private final float[] coefficients;
    private final GradientKernel kernel;
    private SegmentPlan plan = new SegmentPlan(List.of());

    DenseSegmentSums(Loss loss, int features, Segment segment) {
        this.outputs = loss.outputs();
        this.features = features;
        this.coefficients = new float[GradientKernel.tiles(outputs) * (features + 1) * GradientKernel.TILE];
        this.kernel = new GradientKernel(
                SegmentSums.mode(loss),
                features,
                outputs,
                features(segment, features),
                segment.labels(),
                segment.weights(),
                coefficients);
    }

    /** Returns the N x F features of all blocks, row-major. */
    private static float[] features(Segment segment, int features) {
        float[] all = new float[Math.multiplyExact(segment.rows(), features)];
        for (Segment.PlacedBlock placed : segment.blocks()) {
            float[] values = ((DenseBlock) placed.values()).floats();
            System.arraycopy(values, 0, all, placed.firstRow() * features, values.length);
        }
        return all;
    }

    @Override
    public GradientKernel kernel() {
        return kernel;
    }

    @Override
    public void setPlan(SegmentPlan next) {
        plan = next;
        kernel.setPieces(
                plan.stripTable(),
                plan.strips(),
                plan.pieceTable(),
                plan.pieces().size());
        kernel.put(plan.stripTable());
        kernel.put(plan.pieceTable());
    }

    /** K x (F + 1) doubles to T x (F + 1) x TILE floats. */
    @Override
    public void setCoefficients(Coefficients values) {
        int tile = GradientKernel.TILE;
        for (int k = 0; k < outputs; k++) {
            int to = k / tile * (features + 1) * tile + k % tile;
            for (int j = 0; j <= features; j++) {
                coefficients[to + j * tile] = (float) values.values()[k * (features + 1) + j];
            }
        }
        kernel.put(coefficients);
    }

    @Override
    public int floats() {
        return plan.pieces().size() * stride();
    }

    @Override
    public void addTo(List<GradientSum> shardSums, float[] sums) {
        for (int p = 0; p < plan.pieces().size(); p++) {
            SegmentPlan.PlacedPiece placed = plan.pieces().get(p);
            int at = p * stride();
            float lossSum = sums[at + stride() - 1];
            shardSums.get(placed.shard()).add(lossSum, placed.piece().weightSum(), sums, at);
        }
    }

    private int stride() {
        return outputs * (features + 1) + 1;
    }
}

package org.sparkgrad.gpu.engine.cpu;

import org.sparkgrad.gpu.block.Block;
import org.sparkgrad.gpu.block.BlockSlice;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.GradientSum;
import org.sparkgrad.gpu.loss.Loss;

/** Computes the sums row by row, exactly as they are defined. */
final class ReferenceSums implements BlockSums {
    private final Loss loss;
    private Coefficients coefficients;

    ReferenceSums(Loss loss) {
        this.loss = loss;
        this.coefficients = Coefficients.zeros(loss.outputs(), 0);
    }

    @Override
    public void start(Coefficients coefficients) {
        this.coefficients = coefficients;
    }

    @Override
    public void add(BlockSlice slice, GradientSum shardSum) {
        Block block = slice.block();
        int outputs = coefficients.outputs();
        int features = coefficients.features();
        GradientSum sum = GradientSum.zero(outputs, features);
        double[] sums = sum.numbers();
        int at = sum.gradientStart();
        double[] margins = new double[outputs];
        double lossSum = 0;
        for (int row = slice.start(); row < slice.end(); row++) {
            for (int k = 0; k < outputs; k++) {
                double margin = coefficients.intercept(k);
                for (int e = 0; e < block.entries(row); e++) {
                    margin += coefficients.coefficient(k, block.entryFeature(row, e)) * block.entryValue(row, e);
                }
                margins[k] = margin;
            }
            double weight = block.weights()[row];
            lossSum += weight * loss.multipliers(margins, (int) block.labels()[row]);
            for (int k = 0; k < outputs; k++) {
                double multiplier = weight * margins[k];
                for (int e = 0; e < block.entries(row); e++) {
                    sums[at + k * (features + 1) + block.entryFeature(row, e)] += multiplier * block.entryValue(row, e);
                }
                sums[at + k * (features + 1) + features] += multiplier;
            }
        }
        shardSum.add(sum).add(lossSum, slice.weightSum());
    }
}

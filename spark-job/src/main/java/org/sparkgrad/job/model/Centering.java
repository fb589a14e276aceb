package org.sparkgrad.job.model;

import org.sparkgrad.gpu.block.Coefficients;

/**
 * Softmax does not change when all outputs move together. As in MLlib, intercepts are centred over the classes, and
 * coefficients where no penalty, of L1 or L2, has settled them.
 */
public final class Centering {
    private Centering() {}

    /**
     * Returns the centred coefficients; those of one output as they are.
     *
     * @param regParam lambda, of whatever penalty
     */
    public static Coefficients apply(Coefficients coefficients, double regParam) {
        int outputs = coefficients.outputs();
        if (outputs == 1) {
            return coefficients;
        }
        int row = coefficients.features() + 1;
        double[] centred = coefficients.values().clone();
        for (int j = regParam == 0 ? 0 : row - 1; j < row; j++) {
            double sum = 0;
            for (int k = 0; k < outputs; k++) {
                sum += centred[k * row + j];
            }
            for (int k = 0; k < outputs; k++) {
                centred[k * row + j] -= sum / outputs;
            }
        }
        return new Coefficients(outputs, coefficients.features(), centred);
    }
}

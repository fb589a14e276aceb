package org.sparkgrad.job.model;

import org.sparkgrad.gpu.block.Coefficients;

/**
 * Centres coefficients. Softmax does not change if all outputs change by the same amount. As in MLlib, intercepts are
 * centred over the classes; coefficients are centred only if there is no L1 or L2 penalty, which makes them unique.
 */
public final class Centering {
    private Centering() {}

    /**
     * Returns the centred coefficients; those of one output are not changed.
     *
     * @param regParam lambda of the penalty, of any kind
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

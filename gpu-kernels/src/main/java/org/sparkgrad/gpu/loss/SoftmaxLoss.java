package org.sparkgrad.gpu.loss;

/**
 * Negative log-likelihood of a categorical label with p = softmax(z): {@code logSumExp(z) - z_y}; multipliers
 * {@code p_k - [k = y]}. Bishop, Pattern Recognition and Machine Learning, 4.3.4.
 *
 * @param outputs K, at least 2
 */
public record SoftmaxLoss(int outputs) implements Loss {
    /** Checks that there are two outputs or more. */
    public SoftmaxLoss {
        if (outputs < 2) {
            throw new IllegalArgumentException("softmax needs 2 outputs or more, not " + outputs);
        }
    }

    @Override
    public double multipliers(double[] margins, int label) {
        double max = margins[0];
        for (int k = 1; k < outputs; k++) {
            max = Math.max(max, margins[k]);
        }
        double ofLabel = margins[label];
        double others = 0;
        for (int k = 0; k < outputs; k++) {
            margins[k] = Math.exp(margins[k] - max);
            others += k == label ? 0 : margins[k];
        }
        double sum = others + margins[label];
        double loss = loss(max - ofLabel, others, margins[label]);
        for (int k = 0; k < outputs; k++) {
            margins[k] /= sum;
        }
        margins[label] = -others / sum;
        return loss;
    }

    /** logSumExp(z) - z_y; by log1p where the label's own term dominates, so that small losses keep their digits. */
    private static double loss(double maxOverLabel, double others, double ofLabel) {
        return maxOverLabel == 0 ? Math.log1p(others) : maxOverLabel + Math.log(others + ofLabel);
    }
}

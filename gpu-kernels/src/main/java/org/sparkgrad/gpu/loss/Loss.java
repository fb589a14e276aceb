package org.sparkgrad.gpu.loss;

import java.io.Serializable;

/**
 * The loss of one instance as a function of its K margins and its label. The gradient with respect to the
 * coefficients of output k is {@code multiplier_k x features}.
 */
public sealed interface Loss extends Serializable permits LogisticLoss, SoftmaxLoss, SquaredErrorLoss {
    /** Returns K: 1 for a binary loss. */
    int outputs();

    /**
     * Replaces the K margins by the K multipliers, the derivatives of the loss by the margins, and returns the loss.
     * Exact to rounding for margins of any size; no overflow.
     *
     * @param margins in: z_k = w_k x + b_k; out: d loss / d z_k
     * @param label the class index, 0..K-1, or 0 and 1 for a binary loss
     * @return the loss of an instance of weight 1
     */
    double multipliers(double[] margins, int label);
}

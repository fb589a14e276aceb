package org.sparkgrad.job.config;

import java.io.Serializable;

/**
 * What to fit.
 *
 * @param loss the loss; AUTO is logistic for two classes and softmax for more
 * @param regParam lambda of the L2 penalty, lambda / 2 x ||W||^2
 * @param fitIntercept whether there is an intercept
 * @param standardization whether the penalty is on coefficients of features of unit deviation
 */
public record ModelSettings(LossKind loss, double regParam, boolean fitIntercept, boolean standardization)
        implements Serializable {
    /** Losses. */
    public enum LossKind {
        /** Logistic for two classes, softmax for more. */
        AUTO,
        /** Log loss of one sigmoid output; two classes. */
        LOGISTIC,
        /** Cross-entropy of one output a class. */
        SOFTMAX,
        /** Half the squared error of one sigmoid output; two classes. */
        SQUARED
    }
}

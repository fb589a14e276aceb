package org.sparkgrad.job.config;

import java.io.Serializable;

/**
 * The model to fit.
 *
 * @param loss the loss; AUTO is logistic for two classes and softmax for more
 * @param regParam lambda, the factor of the penalty, lambda x ((1 - alpha) / 2 x ||W||^2 + alpha x ||W||_1)
 * @param elasticNetParam alpha, the share of L1 in the penalty, from 0 to 1
 * @param fitIntercept whether there is an intercept
 * @param standardization whether the penalty applies to coefficients of features with deviation 1
 * @param classWeight the weight of each class, which multiplies the instance weights
 */
public record ModelSettings(
        LossKind loss,
        double regParam,
        double elasticNetParam,
        boolean fitIntercept,
        boolean standardization,
        ClassWeight classWeight)
        implements Serializable {
    /** Losses. */
    public enum LossKind {
        /** Logistic for two classes, softmax for more. */
        AUTO,
        /** Log loss of one sigmoid output; two classes. */
        LOGISTIC,
        /** Cross-entropy with one output per class. */
        SOFTMAX,
        /** Half the squared error of one sigmoid output; two classes. */
        SQUARED
    }

    /** The names of losses in MLlib. */
    public enum Family {
        /** The loss decides. */
        AUTO(LossKind.AUTO),
        /** One sigmoid output. */
        BINOMIAL(LossKind.LOGISTIC),
        /** One output per class. */
        MULTINOMIAL(LossKind.SOFTMAX);

        private final LossKind loss;

        Family(LossKind loss) {
            this.loss = loss;
        }

        /** Returns the loss of the family. */
        LossKind loss() {
            return loss;
        }
    }

    /** Weights of classes. */
    public enum ClassWeight {
        /** 1 for each class. */
        NONE,
        /** N / (classes x rows of the class): each class counts the same. */
        BALANCED
    }
}

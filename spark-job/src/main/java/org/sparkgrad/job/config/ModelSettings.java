package org.sparkgrad.job.config;

import java.io.Serializable;

/**
 * What to fit.
 *
 * @param loss the loss; AUTO is logistic for two classes and softmax for more
 * @param regParam lambda of the penalty, lambda x ((1 - alpha) / 2 x ||W||^2 + alpha x ||W||_1)
 * @param elasticNetParam alpha, the share of L1 in the penalty, from 0 to 1
 * @param fitIntercept whether there is an intercept
 * @param standardization whether the penalty is on coefficients of features of unit deviation
 * @param classWeight what each class weighs beside the instance weights
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
        /** Cross-entropy of one output a class. */
        SOFTMAX,
        /** Half the squared error of one sigmoid output; two classes. */
        SQUARED
    }

    /** MLlib's names of the losses. */
    public enum Family {
        /** What the loss says. */
        AUTO(LossKind.AUTO),
        /** One sigmoid output. */
        BINOMIAL(LossKind.LOGISTIC),
        /** One output a class. */
        MULTINOMIAL(LossKind.SOFTMAX);

        private final LossKind loss;

        Family(LossKind loss) {
            this.loss = loss;
        }

        /** Returns the loss it stands for. */
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

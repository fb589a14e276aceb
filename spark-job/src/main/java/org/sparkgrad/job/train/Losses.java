package org.sparkgrad.job.train;

import org.sparkgrad.gpu.loss.LogisticLoss;
import org.sparkgrad.gpu.loss.Loss;
import org.sparkgrad.gpu.loss.SoftmaxLoss;
import org.sparkgrad.gpu.loss.SquaredErrorLoss;
import org.sparkgrad.job.config.ModelSettings.LossKind;
import org.sparkgrad.job.problem.JobException;

/** Creates the loss of the settings for the number of classes. */
public final class Losses {
    private Losses() {}

    /**
     * Returns the loss.
     *
     * @throws JobException with DATA for a binary loss and more than two classes
     */
    public static Loss of(LossKind kind, int classes) {
        return switch (kind) {
            case AUTO -> classes == 2 ? new LogisticLoss() : new SoftmaxLoss(classes);
            case SOFTMAX -> new SoftmaxLoss(classes);
            case LOGISTIC -> binary(new LogisticLoss(), "logistic", classes);
            case SQUARED -> binary(new SquaredErrorLoss(), "squared", classes);
        };
    }

    private static Loss binary(Loss loss, String name, int classes) {
        if (classes != 2) {
            throw JobException.data("loss %s is for two classes, and the label column has %d: use --loss softmax"
                    .formatted(name, classes));
        }
        return loss;
    }
}

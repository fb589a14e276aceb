package org.sparkgrad.job.optimize;

import java.util.Optional;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.GradientSum;
import org.sparkgrad.job.exchange.BatchSlot;
import org.sparkgrad.job.exchange.Exchange;

/**
 * What is minimised, MLlib's objective: {@code sum(w_i loss_i) / sum(w_i) + regParam / 2 * ||W||^2}, the penalty on the
 * coefficients of trained features and never on intercepts. The one place that divides.
 */
public final class Objective {
    private final Exchange exchange;
    private final double regParam;
    private final boolean fitIntercept;
    private long evaluations;
    private double passes;

    /**
     * @param exchange sums loss and gradient
     * @param regParam lambda
     * @param fitIntercept whether intercepts move
     */
    public Objective(Exchange exchange, double regParam, boolean fitIntercept) {
        this.exchange = exchange;
        this.regParam = regParam;
        this.fitIntercept = fitIntercept;
    }

    /** Evaluates over the slot's rows; empty when their weights sum to 0. */
    Optional<Evaluation> evaluate(Coefficients coefficients, BatchSlot slot) {
        GradientSum sum = exchange.sum(coefficients, slot);
        evaluations++;
        passes += 1.0 / slot.slots();
        if (sum.weightSum() == 0) {
            return Optional.empty();
        }
        double[] gradient = sum.gradientSum();
        double loss = sum.lossSum() / sum.weightSum();
        double squares = 0;
        int row = coefficients.features() + 1;
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] /= sum.weightSum();
            if (i % row == coefficients.features()) {
                gradient[i] = fitIntercept ? gradient[i] : 0;
            } else {
                double coefficient = coefficients.values()[i];
                gradient[i] += regParam * coefficient;
                squares += coefficient * coefficient;
            }
        }
        return Optional.of(new Evaluation(loss, loss + regParam / 2 * squares, gradient, sum.weightSum()));
    }

    /** Evaluates over all rows, whose weights the statistics have seen to be positive. */
    public Evaluation evaluate(Coefficients coefficients) {
        return evaluate(coefficients, BatchSlot.ALL)
                .orElseThrow(() -> new IllegalStateException("the instance weights sum to 0"));
    }

    /** Returns how often a gradient was asked for. */
    public long evaluations() {
        return evaluations;
    }

    /** Returns how often the data were gone through. */
    public double passes() {
        return passes;
    }
}

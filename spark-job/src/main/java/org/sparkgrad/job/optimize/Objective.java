package org.sparkgrad.job.optimize;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.FoldMask;
import org.sparkgrad.gpu.block.GradientSum;
import org.sparkgrad.job.exchange.Exchange;
import org.sparkgrad.job.exchange.pass.BatchSlot;
import org.sparkgrad.job.exchange.pass.GramPass;

/**
 * What is minimised, MLlib's objective: {@code sum(w_i loss_i) / sum(w_i) + l2 / 2 * ||W||^2 + l1 * ||W||_1}, the
 * penalty on the coefficients of trained features and never on intercepts. The one place that divides. Gradients are of
 * all but the L1 penalty, whose share in a step is the optimizer's.
 */
public final class Objective {
    private final Exchange exchange;
    private final Regularization regularization;
    private final boolean fitIntercept;
    private long evaluations;
    private double passes;
    private @Nullable FirstEvaluation probe;

    /**
     * @param exchange sums loss and gradient
     * @param regularization the penalty
     * @param fitIntercept whether intercepts move
     */
    public Objective(Exchange exchange, Regularization regularization, boolean fitIntercept) {
        this.exchange = exchange;
        this.regularization = regularization;
        this.fitIntercept = fitIntercept;
    }

    /**
     * With an L2 penalty alone.
     *
     * @param exchange sums loss and gradient
     * @param regParam lambda
     * @param fitIntercept whether intercepts move
     */
    public Objective(Exchange exchange, double regParam, boolean fitIntercept) {
        this(exchange, new Regularization(regParam, 0), fitIntercept);
    }

    /** Evaluates over the slot's rows; empty when their weights sum to 0. */
    Optional<Evaluation> evaluate(Coefficients coefficients, BatchSlot slot) {
        GradientSum sum = exchange.sum(coefficients, slot);
        evaluations++;
        passes += 1.0 / slot.slots();
        if (probe == null) {
            probe = FirstEvaluation.of(coefficients, slot, sum);
        }
        if (sum.weightSum() == 0) {
            return Optional.empty();
        }
        double[] gradient = sum.gradientSum();
        double loss = sum.lossSum() / sum.weightSum();
        double l2 = regularization.l2();
        double squares = 0;
        double magnitudes = 0;
        int row = coefficients.features() + 1;
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] /= sum.weightSum();
            if (i % row == coefficients.features()) {
                gradient[i] = fitIntercept ? gradient[i] : 0;
            } else {
                double coefficient = coefficients.values()[i];
                gradient[i] += l2 * coefficient;
                squares += coefficient * coefficient;
                magnitudes += Math.abs(coefficient);
            }
        }
        double smooth = loss + l2 / 2 * squares;
        double penalised = smooth + regularization.l1() * magnitudes;
        return Optional.of(new Evaluation(loss, smooth, penalised, gradient, sum.weightSum()));
    }

    /** Evaluates over all rows, whose weights the statistics have seen to be positive. */
    public Evaluation evaluate(Coefficients coefficients) {
        return evaluate(coefficients, BatchSlot.ALL)
                .orElseThrow(() -> new IllegalStateException("the instance weights sum to 0"));
    }

    /**
     * Returns what {@link GramPass} sums over the slot's rows.
     *
     * @param features F
     * @param at 1 x (F + 1); null for the Gram matrix
     */
    double[] gram(int features, BatchSlot slot, @Nullable Coefficients at) {
        passes += 1.0 / slot.slots();
        return exchange.sum(new GramPass(features, slot, FoldMask.ALL, at)).clone();
    }

    /** Returns whether intercepts move. */
    boolean fitIntercept() {
        return fitIntercept;
    }

    /** Returns the penalty. */
    public Regularization regularization() {
        return regularization;
    }

    /** Returns how often a gradient was asked for. */
    public long evaluations() {
        return evaluations;
    }

    /** Returns how often the data were gone through. */
    public double passes() {
        return passes;
    }

    /**
     * Puts the first evaluation, by which {@link #resume} knows data and engine again.
     *
     * @throws IllegalStateException if nothing was evaluated yet
     */
    public void save(SavedState to) {
        if (probe == null) {
            throw new IllegalStateException("nothing was evaluated yet");
        }
        probe.save(to);
    }

    /**
     * Goes on counting where another run stood.
     *
     * @param evaluations that the other run had asked for
     * @param passes that it had gone through the data
     * @return whether its first evaluation, done again, gives the same bits
     */
    public boolean resume(SavedState saved, long evaluations, double passes) {
        FirstEvaluation first = FirstEvaluation.read(saved);
        boolean same = first.gave(exchange.sum(first.at(), first.slot()));
        this.probe = first;
        this.evaluations = evaluations;
        this.passes = passes;
        return same;
    }
}

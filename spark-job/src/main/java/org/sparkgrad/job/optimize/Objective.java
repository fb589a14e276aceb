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
 * The function to minimise, which is MLlib's objective:
 * {@code sum(w_i loss_i) / sum(w_i) + l2 / 2 * ||W||^2 + l1 * ||W||_1}. The penalty is on the coefficients of trained
 * features, never on intercepts. Only this class divides by the weight sum. Gradients are those without the L1 penalty,
 * which optimizers handle.
 */
public final class Objective {
    private final Exchange exchange;
    private final Regularization regularization;
    private final boolean fitIntercept;
    private long evaluations;
    private double passes;
    private @Nullable FirstEvaluation probe;

    /**
     * @param exchange the exchange that sums loss and gradient
     * @param regularization the penalty
     * @param fitIntercept whether intercepts are fitted
     */
    public Objective(Exchange exchange, Regularization regularization, boolean fitIntercept) {
        this.exchange = exchange;
        this.regularization = regularization;
        this.fitIntercept = fitIntercept;
    }

    /**
     * Creates an objective with an L2 penalty only.
     *
     * @param exchange the exchange that sums loss and gradient
     * @param regParam lambda
     * @param fitIntercept whether intercepts are fitted
     */
    public Objective(Exchange exchange, double regParam, boolean fitIntercept) {
        this(exchange, new Regularization(regParam, 0), fitIntercept);
    }

    /** Evaluates over the slot's rows; empty if their weights sum to 0. */
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

    /** Evaluates over all rows, whose weight sum the statistics have found to be positive. */
    public Evaluation evaluate(Coefficients coefficients) {
        return evaluate(coefficients, BatchSlot.ALL)
                .orElseThrow(() -> new IllegalStateException("the instance weights sum to 0"));
    }

    /**
     * Returns the sums of {@link GramPass} over the slot's rows.
     *
     * @param features F
     * @param at the coefficients 1 x (F + 1); null for the Gram matrix
     */
    double[] gram(int features, BatchSlot slot, @Nullable Coefficients at) {
        passes += 1.0 / slot.slots();
        return exchange.sum(new GramPass(features, slot, FoldMask.ALL, at)).clone();
    }

    /** Returns whether intercepts are fitted. */
    boolean fitIntercept() {
        return fitIntercept;
    }

    public Regularization regularization() {
        return regularization;
    }

    /** Returns the number of gradients computed. */
    public long evaluations() {
        return evaluations;
    }

    /** Returns the number of passes over the data. */
    public double passes() {
        return passes;
    }

    /**
     * Saves the first evaluation, by which {@link #resume} recognises data and engine.
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
     * Continues the counts of a saved run.
     *
     * @param evaluations the number of gradients that the saved run has computed
     * @param passes the number of passes of the saved run over the data
     * @return whether the first evaluation, computed again, gives the same bits
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

package org.sparkgrad.job.grid;

import java.util.HashMap;
import java.util.Map;
import org.sparkgrad.gpu.block.FoldMask;
import org.sparkgrad.gpu.block.GridModel;
import org.sparkgrad.job.exchange.Exchange;
import org.sparkgrad.job.exchange.pass.GramPass;
import org.sparkgrad.job.exchange.pass.Pass;

/**
 * Gram matrices of the rows that models in lockstep take. The rows of a fold are summed once, whoever asks: what a model
 * without a fold takes is the sum of the others. Second derivatives are each model's own.
 */
final class FoldGrams {
    private final Exchange exchange;
    private final int folds;
    private final Map<GramPass, double[]> known = new HashMap<>();

    /** @param folds that the rows are in */
    FoldGrams(Exchange exchange, int folds) {
        this.exchange = exchange;
        this.folds = folds;
    }

    /** Returns the sums over all rows of a slot, or all but those of a fold; not to be changed. */
    double[] sum(GramPass pass) {
        if (pass.at() != null) {
            return exchange.sum(pass).clone();
        }
        double[] sums = known.get(pass);
        if (sums == null) {
            sums = pass.taken().fold() == GridModel.NONE ? exchange.sum(pass).clone() : ofOthers(pass);
            known.put(pass, sums);
        }
        return sums;
    }

    private double[] ofOthers(GramPass pass) {
        double[] sum = new double[pass.length()];
        for (int fold = 0; fold < folds; fold++) {
            if (fold != pass.taken().fold()) {
                GramPass ofFold = new GramPass(pass.features(), pass.slot(), FoldMask.of(fold), null);
                Pass.add(
                        sum,
                        known.computeIfAbsent(
                                ofFold, unknown -> exchange.sum(unknown).clone()));
            }
        }
        return sum;
    }
}

package org.sparkgrad.job.grid;

import java.util.HashMap;
import java.util.Map;
import org.sparkgrad.gpu.block.FoldMask;
import org.sparkgrad.gpu.block.GridModel;
import org.sparkgrad.job.exchange.Exchange;
import org.sparkgrad.job.exchange.pass.GramPass;
import org.sparkgrad.job.exchange.pass.Pass;

/**
 * The Gram matrices of models in lockstep. The rows of each fold are summed once for all models. The matrix of a model
 * that leaves out a fold is the sum of the other folds. Second derivatives are computed for each model.
 */
final class FoldGrams {
    private final Exchange exchange;
    private final int folds;
    private final Map<GramPass, double[]> known = new HashMap<>();

    /** @param folds the number of folds of the rows */
    FoldGrams(Exchange exchange, int folds) {
        this.exchange = exchange;
        this.folds = folds;
    }

    /** Returns the sums over all rows of a slot, or all rows except a fold; not to be changed. */
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

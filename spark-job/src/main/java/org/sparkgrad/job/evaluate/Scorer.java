package org.sparkgrad.job.evaluate;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.loss.LogisticLoss;
import org.sparkgrad.gpu.loss.Loss;
import org.sparkgrad.gpu.loss.SoftmaxLoss;
import org.sparkgrad.job.assemble.RowSums;
import org.sparkgrad.job.shard.ShardRows;

/** Computes margins, predictions and log loss of a model over original features, in double precision. */
final class Scorer implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Coefficients coefficients;
    private final Loss logLoss;

    Scorer(Coefficients coefficients) {
        this.coefficients = coefficients;
        this.logLoss = coefficients.outputs() == 1 ? new LogisticLoss() : new SoftmaxLoss(coefficients.outputs());
    }

    /** Returns K. */
    int outputs() {
        return coefficients.outputs();
    }

    /** Returns the K margins of each of some adjacent rows. */
    private double[][] margins(ShardRows rows, int first, int count) {
        double[][] margins = new double[count][coefficients.outputs()];
        double[] sums = new double[count];
        for (int k = 0; k < coefficients.outputs(); k++) {
            Arrays.fill(sums, coefficients.intercept(k));
            rows.add(sums, first, coefficients.values(), k * (coefficients.features() + 1));
            for (int row = 0; row < count; row++) {
                margins[row][k] = sums[row];
            }
        }
        return margins;
    }

    /** Calls a function with each row and its K margins, which it may change. */
    private void forEach(ShardRows rows, RowMargins function) {
        for (int first = 0; first < rows.rows(); first += RowSums.TOGETHER) {
            double[][] margins = margins(rows, first, Math.min(RowSums.TOGETHER, rows.rows() - first));
            for (int row = 0; row < margins.length; row++) {
                function.accept(first + row, margins[row]);
            }
        }
    }

    /** A function of a row and its margins. */
    @FunctionalInterface
    private interface RowMargins {
        void accept(int row, double[] margins);
    }

    /**
     * Returns the predicted class: the class of the largest margin; for a single margin, 1 if the margin is positive.
     */
    static int prediction(double[] margins) {
        if (margins.length == 1) {
            return margins[0] > 0 ? 1 : 0;
        }
        int best = 0;
        for (int k = 1; k < margins.length; k++) {
            best = margins[k] > margins[best] ? k : best;
        }
        return best;
    }

    /**
     * Returns the probabilities of each row whose weight is above 0: of class 1 for a single margin, else of each
     * class.
     */
    double[][] probabilities(ShardRows rows) {
        List<double[]> probabilities = new ArrayList<>();
        forEach(rows, (row, margins) -> {
            if (rows.weight(row) > 0) {
                // A multiplier is p - y, so adding y of a class gives p.
                int label = margins.length == 1 ? 0 : rows.label(row);
                logLoss.multipliers(margins, label);
                if (margins.length > 1) {
                    margins[label] += 1;
                }
                probabilities.add(margins);
            }
        });
        return probabilities.toArray(double[][]::new);
    }

    /** Scores one shard. */
    ShardScores score(ShardRows rows, int classes) {
        ScoreSum sum = new ScoreSum(classes);
        double[] scores = new double[classes == 2 ? rows.rows() : 0];
        forEach(rows, (row, margins) -> {
            if (classes == 2) {
                scores[row] = margins.length == 1 ? margins[0] : margins[1] - margins[0];
            }
            int prediction = prediction(margins);
            double loss = logLoss.multipliers(margins, rows.label(row));
            int event = classes == 2 ? 1 : prediction;
            double probability = margins[margins.length == 1 ? 0 : event] + (rows.label(row) == event ? 1 : 0);
            sum.add(rows.label(row), prediction, rows.weight(row), loss, probability);
        });
        if (classes > 2) {
            return new ShardScores(sum, null);
        }
        RankRun run = RankRun.of(rows, scores);
        sum.setSample(run.sample(RankMetrics.SAMPLES_OF_A_SHARD));
        return new ShardScores(sum, run);
    }
}

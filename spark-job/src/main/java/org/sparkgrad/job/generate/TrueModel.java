package org.sparkgrad.job.generate;

import java.io.Serializable;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The softmax regression from which generated labels are drawn: K x F normal coefficients, each a function of the seed
 * and its index. Labels are drawn by their probabilities, so classes overlap and no model predicts all labels
 * correctly.
 */
final class TrueModel implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The deviation of a margin, for which the more probable of two classes has a probability of about 0.85. */
    private static final double STRENGTH = 2.5;

    private static final long MOST_KEPT = 1L << 22;

    private final long seed;
    private final int classes;
    private final int features;
    private transient double @Nullable [] kept;

    TrueModel(long seed, int classes, int features) {
        this.seed = RandomNumbers.mix(seed ^ Long.MIN_VALUE);
        this.classes = classes;
        this.features = features;
    }

    /** Draws a class for an instance with these features. */
    int label(GeneratedRow row, SplittableRandom random) {
        double scale = STRENGTH / Math.sqrt(row.values().length);
        double[] margins = new double[classes];
        double most = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < classes; k++) {
            for (int i = 0; i < row.values().length; i++) {
                margins[k] += scale * row.values()[i] * coefficient(k, row.index(i));
            }
            most = Math.max(most, margins[k]);
        }
        double sum = 0;
        for (int k = 0; k < classes; k++) {
            margins[k] = StrictMath.exp(margins[k] - most);
            sum += margins[k];
        }
        double left = random.nextDouble() * sum;
        int label = 0;
        while (label < classes - 1 && left >= margins[label]) {
            left -= margins[label];
            label++;
        }
        return label;
    }

    private double coefficient(int k, int j) {
        long place = (long) k * features + j;
        if ((long) classes * features > MOST_KEPT) {
            return made(place);
        }
        if (kept == null) {
            double[] all = new double[classes * features];
            for (int i = 0; i < all.length; i++) {
                all[i] = made(i);
            }
            kept = all;
        }
        return kept[(int) place];
    }

    private double made(long place) {
        return RandomNumbers.normal(RandomNumbers.of(seed, place), 0, 1);
    }
}

package org.sparkgrad.job.generate;

import java.io.Serializable;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The softmax regression that made-up labels are drawn from: K x F normal coefficients, each a function of the seed and
 * its place. Since labels are drawn by their probabilities, classes overlap, and no model is always right.
 */
final class TrueModel implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The deviation of a margin: the likeliest of two classes has a probability of some 0.85. */
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

    /** Returns a class drawn for an instance of these features. */
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

package org.sparkgrad.job.generate;

import java.util.SplittableRandom;

/**
 * A cat or a dog, as its seed and number make it.
 *
 * <p>Cats are lighter, with pointed ears and alike; dogs differ more among themselves, and small ones could be cats: a
 * logistic regression is right about 11 times in 12.
 *
 * @param earShape from 0 (pointed) to 1 (floppy)
 * @param weightKg in kilograms
 * @param tailLengthCm in centimetres
 * @param species "cat" or "dog"
 */
record Pet(double earShape, double weightKg, double tailLengthCm, String species) {
    private static final double HUNDREDTH = 100;

    /** Returns the pet of a seed and a number: the same on every machine. */
    static Pet of(long seed, long number) {
        SplittableRandom random = RandomNumbers.of(seed, number);
        if (random.nextBoolean()) {
            double ears = bounded(RandomNumbers.normal(random, 0.25, 0.17), 0, 1);
            double weight = Math.max(1, RandomNumbers.normal(random, 4.4, 1.1));
            double tail = Math.max(1, RandomNumbers.normal(random, 26, 4));
            return new Pet(rounded(ears), rounded(weight), rounded(tail), "cat");
        }
        double ears = bounded(RandomNumbers.normal(random, 0.6, 0.25), 0, 1);
        double weight = bounded(StrictMath.exp(RandomNumbers.normal(random, 2.3, 0.6)), 1.5, 90);
        double tail = Math.max(1, RandomNumbers.normal(random, 29, 9));
        return new Pet(rounded(ears), rounded(weight), rounded(tail), "dog");
    }

    private static double bounded(double value, double low, double high) {
        return Math.min(high, Math.max(low, value));
    }

    private static double rounded(double value) {
        return Math.round(value * HUNDREDTH) / HUNDREDTH;
    }
}

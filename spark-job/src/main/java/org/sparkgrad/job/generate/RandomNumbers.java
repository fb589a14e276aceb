package org.sparkgrad.job.generate;

import java.util.SplittableRandom;

/** Random numbers that are equal on every machine. */
final class RandomNumbers {
    private RandomNumbers() {}

    /** Returns the random numbers for a seed and a row or another number. */
    static SplittableRandom of(long seed, long number) {
        return new SplittableRandom(mix(mix(seed) + number));
    }

    /** Returns one normal number, by the formula of Box and Muller. */
    static double normal(SplittableRandom random, double mean, double deviation) {
        double radius = Math.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
        return mean + deviation * radius * StrictMath.cos(2 * Math.PI * random.nextDouble());
    }

    /** Mixes the bits of a number, by the finalizer of MurmurHash3. */
    static long mix(long bits) {
        long mixed = (bits ^ (bits >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }
}

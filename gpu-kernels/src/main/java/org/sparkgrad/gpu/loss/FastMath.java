package org.sparkgrad.gpu.loss;

import java.util.Arrays;

/** Exponentials for many numbers at a time. */
final class FastMath {
    /** The power series is exact enough for |x| up to this. */
    private static final double NEAR = 32;

    private static final double NEAR_STEP = 1.0 / 256;

    private static final int BITS = 7;
    private static final int MASK = (1 << BITS) - 1;
    private static final int FRACTION_BITS = 52;
    /** 2^(i / 128). */
    private static final double[] POWERS = powers();

    /** Adding it leaves the nearest whole number in the lowest bits of a double. */
    private static final double ROUND = 0x1.8p52;

    private static final double STEPS = (1 << BITS) / Math.log(2);
    /** log(2) / 128 in two parts. */
    private static final double STEP = 0x1.62e42fefap-8;

    private static final double STEP_REST = 0x1.cf79abc9e3b3ap-47;
    /** For larger |x| the power of two is no normal number, or close to none. */
    private static final double LIMIT = 700;

    private FastMath() {}

    /**
     * Replaces the first numbers of each array by their exponentials, to a relative error of 1e-13.
     *
     * @param x arrays of at least count numbers
     * @param count how many are replaced
     * @param scratch as many numbers, overwritten
     * @return whether all numbers were within {@value #NEAR} of 0, so that the exponentials are below 8e13
     */
    static boolean exp(double[][] x, int count, double[] scratch) {
        boolean near = near(x.length == 1 ? x[0] : largest(x, count, scratch), count);
        for (double[] each : x) {
            if (near) {
                expNear(each, count);
            } else {
                for (int i = 0; i < count; i++) {
                    each[i] = exp(each[i]);
                }
            }
        }
        return near;
    }

    /** Returns, for each index, the largest |x| of all arrays. */
    private static double[] largest(double[][] x, int count, double[] bounds) {
        Arrays.fill(bounds, 0, count, 0);
        for (double[] each : x) {
            raise(bounds, each, count);
        }
        return bounds;
    }

    private static void raise(double[] bounds, double[] x, int count) {
        for (int i = 0; i < count; i++) {
            bounds[i] = Math.max(bounds[i], Math.abs(x[i]));
        }
    }

    private static boolean near(double[] x, int count) {
        boolean near = true;
        for (int i = 0; i < count; i++) {
            near &= Math.abs(x[i]) <= NEAR;
        }
        return near;
    }

    /**
     * exp(x) = exp(x / 256)^256, by ten terms of the series and eight squarings. Without table, branch and cast, the
     * just-in-time compiler turns the loop into vector instructions. Each squaring doubles the relative error.
     */
    private static void expNear(double[] x, int count) {
        for (int i = 0; i < count; i++) {
            double t = x[i] * NEAR_STEP;
            double p = Math.fma(t, 1.0 / 362880, 1.0 / 40320);
            p = Math.fma(t, p, 1.0 / 5040);
            p = Math.fma(t, p, 1.0 / 720);
            p = Math.fma(t, p, 1.0 / 120);
            p = Math.fma(t, p, 1.0 / 24);
            p = Math.fma(t, p, 1.0 / 6);
            p = Math.fma(t, p, 0.5);
            p = Math.fma(t, p, 1);
            p = Math.fma(t, p, 1);
            p *= p;
            p *= p;
            p *= p;
            p *= p;
            p *= p;
            p *= p;
            p *= p;
            x[i] = p * p;
        }
    }

    /**
     * Returns exp(x) to a unit in the last place or so: 2^(n / 128) exp(r) with n whole and |r| <= log(2) / 256, for which
     * five terms of the series suffice. Tang, Table-driven implementation of the exponential function in IEEE floating-point
     * arithmetic, 1989.
     */
    static double exp(double x) {
        if (!(Math.abs(x) < LIMIT)) {
            return Math.exp(x);
        }
        double rounded = Math.fma(x, STEPS, ROUND);
        long n = Double.doubleToRawLongBits(rounded);
        double steps = rounded - ROUND;
        double r = Math.fma(-steps, STEP_REST, Math.fma(-steps, STEP, x));
        double square = r * r;
        double odd = Math.fma(r, 1.0 / 6, 0.5);
        double high = Math.fma(r, 1.0 / 120, 1.0 / 24);
        double expm1 = Math.fma(square, Math.fma(square, high, odd), r);
        double power = Double.longBitsToDouble(
                (n >> BITS << FRACTION_BITS) + Double.doubleToRawLongBits(POWERS[(int) n & MASK]));
        return Math.fma(power, expm1, power);
    }

    private static double[] powers() {
        double[] powers = new double[1 << BITS];
        for (int i = 0; i < powers.length; i++) {
            powers[i] = Math.pow(2, i / (double) powers.length);
        }
        return powers;
    }
}

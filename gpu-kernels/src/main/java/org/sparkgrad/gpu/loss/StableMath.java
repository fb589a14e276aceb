package org.sparkgrad.gpu.loss;

/** Exponentials that neither overflow nor cancel. */
final class StableMath {
    private StableMath() {}

    /** Returns log(1 + exp(z)) = max(z, 0) + log1p(exp(-|z|)). */
    static double log1pExp(double z) {
        return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
    }

    /** Returns 1 / (1 + exp(-z)), relatively exact on both sides. */
    static double sigmoid(double z) {
        double e = Math.exp(-Math.abs(z));
        return z >= 0 ? 1 / (1 + e) : e / (1 + e);
    }
}

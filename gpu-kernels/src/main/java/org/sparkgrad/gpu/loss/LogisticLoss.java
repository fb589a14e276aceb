package org.sparkgrad.gpu.loss;

/**
 * Negative log-likelihood of a Bernoulli label with p = sigmoid(z): {@code log(1 + exp(z)) - y z}; multiplier
 * {@code p - y}. Hastie, Tibshirani, Friedman, The Elements of Statistical Learning, 4.4.1.
 */
public record LogisticLoss() implements Loss {
    @Override
    public int outputs() {
        return 1;
    }

    @Override
    public double multipliers(double[] margins, int label) {
        double towards = label == 1 ? -margins[0] : margins[0];
        double miss = StableMath.sigmoid(towards);
        margins[0] = label == 1 ? -miss : miss;
        return StableMath.log1pExp(towards);
    }
}

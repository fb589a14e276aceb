package org.sparkgrad.gpu.loss;

/**
 * Half the squared error of p = sigmoid(z): {@code (p - y)^2 / 2}; multiplier {@code (p - y) p (1 - p)}.
 */
public record SquaredErrorLoss() implements Loss {
    @Override
    public int outputs() {
        return 1;
    }

    @Override
    public double multipliers(double[] margins, int label) {
        double towards = label == 1 ? -margins[0] : margins[0];
        double miss = StableMath.sigmoid(towards);
        double slope = miss * miss * StableMath.sigmoid(-towards);
        margins[0] = label == 1 ? -slope : slope;
        return miss * miss / 2;
    }
}

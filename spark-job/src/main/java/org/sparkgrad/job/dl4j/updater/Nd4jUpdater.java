package org.sparkgrad.job.dl4j.updater;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nadam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;
import org.sparkgrad.job.config.OptimizerSettings.Method;
import org.sparkgrad.job.optimize.Updater;

/**
 * An updater of ND4J's over one flat vector of doubles, with ND4J 1.0.0-M2.1's own constants. Per coefficient w with
 * gradient g, rate r, and t = 1 at the first step:
 *
 * <ul>
 *   <li>SGD: {@code w -= r g}.
 *   <li>NESTEROV, Sutskever et al., On the Importance of Initialization and Momentum in Deep Learning, 2013, in the form
 *       of Bengio et al., Advances in Optimizing Recurrent Networks, 2012, equation 7, where w is the point looked ahead
 *       to: {@code v' = 0.9 v - r g; w += 1.9 v' - 0.9 v}.
 *   <li>ADAGRAD, Duchi, Hazan and Singer, Adaptive Subgradient Methods, 2011: {@code h += g^2; w -= r g / (sqrt(h) +
 *       1e-6)}. ND4J starts h at 1e-6, the paper at 0.
 *   <li>RMSPROP, Tieleman and Hinton, Lecture 6.5, 2012: {@code h = 0.95 h + 0.05 g^2; w -= r g / (sqrt(h) + 1e-8)}.
 *       The lecture decays by 0.9; ND4J starts h at 1e-8.
 *   <li>ADAM, Kingma and Ba, Adam: A Method for Stochastic Optimization, 2015, in the efficient form of section 2:
 *       {@code m = 0.9 m + 0.1 g; v = 0.999 v + 0.001 g^2; w -= r sqrt(1 - 0.999^t) / (1 - 0.9^t) m / (sqrt(v) + 1e-8)}.
 *   <li>AMSGRAD, Reddi, Kale and Kumar, On the Convergence of Adam and Beyond, 2018: ADAM with the largest v so far in
 *       the root. ND4J keeps Adam's correction of the bias, which the paper's algorithm 2 leaves out.
 *   <li>NADAM, Dozat, Incorporating Nesterov Momentum into Adam, 2016: {@code w -= r (0.9 m + 0.1 g) / (1 - 0.9^t) /
 *       (sqrt(v) + 1e-8)} with ADAM's m and v. ND4J corrects no bias of v, where the paper divides it by 1 - 0.999^t, and
 *       divides 0.9 m by 1 - 0.9^t, where the paper has 1 - 0.9^(t + 1): its first step is 41 times as long as the
 *       paper's, its hundredth 3 times.
 * </ul>
 */
final class Nd4jUpdater implements Updater {
    private final IUpdater config;
    private final INDArray state;
    private final GradientUpdater<?> updater;

    private Nd4jUpdater(IUpdater config, int coefficients) {
        this.config = config;
        int size = Math.toIntExact(config.stateSize(coefficients));
        this.state = Nd4j.zeros(DataType.DOUBLE, 1, Math.max(1, size));
        this.updater = config.instantiate(size == 0 ? null : state, true);
    }

    /**
     * Returns the updater of a mini-batch method.
     *
     * @param method any but MOMENTUM, which ND4J lacks
     * @param coefficients how many there are
     */
    static Updater of(Method method, int coefficients) {
        return switch (method) {
            case SGD -> new Nd4jUpdater(new Sgd(), coefficients);
            case NESTEROV -> new Nd4jUpdater(new Nesterovs(), coefficients);
            case ADAGRAD -> new Nd4jUpdater(new AdaGrad(), coefficients);
            case RMSPROP -> new Nd4jUpdater(new RmsProp(), coefficients);
            case ADAM -> new Nd4jUpdater(new Adam(), coefficients);
            case AMSGRAD -> new Nd4jUpdater(new AMSGrad(), coefficients);
            case NADAM -> new Nd4jUpdater(new Nadam(), coefficients);
            case AUTO, LBFGS, GD, MOMENTUM -> throw new IllegalArgumentException(method + " has no updater of ND4J's");
        };
    }

    @Override
    public void update(double[] coefficients, double[] gradient, double learningRate, int step) {
        config.setLrAndSchedule(learningRate, null);
        INDArray change = Nd4j.createFromArray(gradient).reshape(1, gradient.length);
        updater.applyUpdater(change, step, 0);
        double[] changes = change.data().asDouble();
        for (int i = 0; i < coefficients.length; i++) {
            coefficients[i] -= changes[i];
        }
    }

    @Override
    public double[] state() {
        return config.stateSize(1) == 0 ? new double[0] : state.toDoubleVector();
    }

    /** In place, for the updater works on views of the one array. */
    @Override
    public void restore(double[] saved) {
        if (saved.length > 0) {
            state.assign(Nd4j.createFromArray(saved).reshape(1, saved.length));
        }
    }
}

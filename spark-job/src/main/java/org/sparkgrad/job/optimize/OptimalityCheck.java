package org.sparkgrad.job.optimize;

import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.block.Coefficients;

/**
 * Measures how near coefficients are to the optimum, by a number called the certificate: the norm of their gradient,
 * divided by the norm of the gradient at coefficients and intercepts of 0, or by the rounding error of a pass if that
 * is larger. Gradients are by coefficients of features with mean 0 and deviation 1, or only deviation 1 if no intercept
 * compensates for the shift. With an L1 penalty, the gradient is the subgradient of least norm; with bounds, the
 * projected gradient. A state is called converged only if this check allows it.
 */
public final class OptimalityCheck {
    private static final String ZERO = "certificate.zero";

    private final Objective objective;
    private final DataProfile data;
    private final @Nullable Bounds bounds;
    private final boolean centres;
    private @Nullable Zero zero;

    /** The norm of the gradient, and the objective, at coefficients of 0. */
    private record Zero(double norm, double objective) {}

    /**
     * @param objective the objective whose gradients are measured
     * @param data the profile of the objective's trained features
     * @param bounds the bounds of coefficients over trained features; null for none
     */
    public OptimalityCheck(Objective objective, DataProfile data, @Nullable Bounds bounds) {
        this.objective = objective;
        this.data = data;
        this.bounds = bounds;
        this.centres = objective.fitIntercept() && (bounds == null || !bounds.holdIntercepts(data.features()));
    }

    /** Evaluates the objective at the first coefficients of a run. If these are 0, the check reuses the evaluation. */
    Evaluation first(Coefficients initial) {
        Evaluation at = objective.evaluate(initial);
        if (zero == null && isZero(initial)) {
            zero = zero(initial, at);
        }
        return at;
    }

    /** Returns the certificate of coefficients, from their evaluation over all rows. */
    public double of(Coefficients point, Evaluation at) {
        return of(point, at.gradient());
    }

    /**
     * Returns the certificate of coefficients.
     *
     * @param gradient the gradient of the smooth part over all rows, K x (F + 1)
     */
    double of(Coefficients point, double[] gradient) {
        double rounding = data.rounding() * Math.sqrt(gradient.length);
        return norm(point, gradient) / Math.max(zero(point).norm, rounding);
    }

    /** Returns whether coefficients may be called an optimum. */
    boolean allows(Coefficients point, double[] gradient) {
        return of(point, gradient) <= data.largestCertificate();
    }

    /**
     * Returns the last state. A reason that claims convergence is replaced if the certificate of the coefficients does
     * not allow it.
     */
    public OptimizerState checked(OptimizerState last, double certificate) {
        boolean claims = last.reason().orElseThrow().isConverged();
        return claims && !(certificate <= data.largestCertificate())
                ? last.stopped(ConvergenceReason.NO_PROGRESS)
                : last;
    }

    /** Returns the objective at coefficients of 0. */
    public double objectiveAtZero(Coefficients shape) {
        return zero(shape).objective;
    }

    private static boolean isZero(Coefficients coefficients) {
        for (double value : coefficients.values()) {
            if (value != 0) {
                return false;
            }
        }
        return true;
    }

    private Zero zero(Coefficients shape) {
        Zero known = zero;
        if (known == null) {
            Coefficients zeros = Coefficients.zeros(shape.outputs(), shape.features());
            known = zero(zeros, objective.evaluate(zeros));
            zero = known;
        }
        return known;
    }

    private Zero zero(Coefficients zeros, Evaluation at) {
        return new Zero(norm(zeros, at.gradient()), at.objective());
    }

    private double norm(Coefficients point, double[] gradient) {
        double[] stationary = gradient.clone();
        int features = point.features();
        int row = features + 1;
        for (int i = 0; i < stationary.length && centres; i++) {
            int feature = i % row;
            if (feature < features) {
                stationary[i] -= data.mean(feature) * stationary[i - feature + features];
            }
        }
        stationary = objective.regularization().subgradient(point, stationary);
        for (int i = 0; i < stationary.length && bounds != null; i++) {
            stationary[i] = bounds.projected(i, point.values()[i], stationary[i], data.unit(i % row));
        }
        return data.norm(stationary);
    }

    void save(SavedState to) {
        Zero known = zero;
        if (known != null) {
            to.put(ZERO, known.norm, known.objective);
        }
    }

    void restore(SavedState saved) {
        zero = saved.has(ZERO) ? new Zero(saved.vector(ZERO)[0], saved.vector(ZERO)[1]) : null;
    }
}

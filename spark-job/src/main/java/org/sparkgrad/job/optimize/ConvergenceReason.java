package org.sparkgrad.job.optimize;

/** The reasons why training stops. */
public enum ConvergenceReason {
    /** The objective improves by less than tol, and the gradient is small enough. */
    OBJECTIVE_CONVERGED("ObjectiveConverged"),
    /** The gradient is zero up to a small limit. */
    GRADIENT_CONVERGED("GradientConverged"),
    /** No step improves the objective in the engine's precision, but the gradient is not near zero. */
    NO_PROGRESS("NoProgress"),
    /** maxIter steps are done. */
    MAX_ITERATIONS("MaxIterations"),
    /** All epochs are done. */
    MAX_EPOCHS("MaxEpochs"),
    /** maxSeconds have passed. */
    MAX_SECONDS("MaxSeconds"),
    /** The loss on held-out rows has not fallen for some states. */
    EARLY_STOPPED("EarlyStopped"),
    /** The objective or a coefficient is not finite. */
    DIVERGED("Diverged"),
    /** A signal requested the stop; the state is saved. */
    INTERRUPTED("Interrupted");

    private final String spelling;

    ConvergenceReason(String spelling) {
        this.spelling = spelling;
    }

    /** Returns whether the coefficients are the optimum, within the limit of {@link OptimalityCheck}. */
    public boolean isConverged() {
        return this == OBJECTIVE_CONVERGED || this == GRADIENT_CONVERGED;
    }

    /** Returns the name used in summaries. */
    public String spelling() {
        return spelling;
    }
}

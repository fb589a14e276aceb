package org.sparkgrad.job.optimize;

/** Why training stopped. */
public enum ConvergenceReason {
    /** The objective improves by less than tol, and the gradient is small enough. */
    OBJECTIVE_CONVERGED("ObjectiveConverged"),
    /** The gradient is as good as zero. */
    GRADIENT_CONVERGED("GradientConverged"),
    /** No step improves the objective in the engine's precision, and the gradient is not as good as zero. */
    NO_PROGRESS("NoProgress"),
    /** maxIter steps are done. */
    MAX_ITERATIONS("MaxIterations"),
    /** All epochs are done. */
    MAX_EPOCHS("MaxEpochs"),
    /** maxSeconds have passed. */
    MAX_SECONDS("MaxSeconds"),
    /** The loss on held-out rows has not fallen for long enough. */
    EARLY_STOPPED("EarlyStopped"),
    /** The objective or a coefficient is no finite number. */
    DIVERGED("Diverged"),
    /** A signal asked to stop; the state is saved. */
    INTERRUPTED("Interrupted");

    private final String spelling;

    ConvergenceReason(String spelling) {
        this.spelling = spelling;
    }

    /** Returns whether it says that the coefficients are the optimum, to the limit of the {@link OptimalityCheck}. */
    public boolean isConverged() {
        return this == OBJECTIVE_CONVERGED || this == GRADIENT_CONVERGED;
    }

    /** Returns the name used in summaries. */
    public String spelling() {
        return spelling;
    }
}

package org.sparkgrad.job.optimize;

import java.util.NoSuchElementException;

/** A run that computes each state from the previous one, until a state has a reason or the deadline has passed. */
abstract class SteppingRun implements Run {
    private final Deadline deadline;
    private final OptimalityCheck certificate;
    private OptimizerState last;
    private boolean begun;

    /** Starts at a first state. */
    SteppingRun(OptimizerState first, Deadline deadline, OptimalityCheck certificate) {
        this.last = first;
        this.deadline = deadline;
        this.certificate = certificate;
    }

    /** Continues from a saved state. */
    SteppingRun(SavedState saved, Deadline deadline, OptimalityCheck certificate) {
        this(OptimizerState.read(saved), deadline, certificate);
        certificate.restore(saved);
        begun = true;
    }

    /** Computes the next state. Until it returns, nothing that {@link #save} puts may change. */
    abstract OptimizerState advance(OptimizerState from);

    /** Returns the state from which the next one is computed. */
    final OptimizerState last() {
        return last;
    }

    @Override
    public final boolean hasNext() {
        return !begun || last.stop() == null;
    }

    @Override
    public final OptimizerState next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        last = begun ? deadline.check(advance(last)) : last;
        begun = true;
        return last;
    }

    @Override
    public void save(SavedState to) {
        last.save(to);
        certificate.save(to);
    }

    /** Returns the state as the last one, because no step improves the objective in the engine's precision. */
    final OptimizerState exhausted(OptimizerState at, double[] gradient) {
        return at.stopped(
                certificate.allows(at.coefficients(), gradient)
                        ? ConvergenceReason.OBJECTIVE_CONVERGED
                        : ConvergenceReason.NO_PROGRESS);
    }
}

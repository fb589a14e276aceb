package org.sparkgrad.job.optimize;

import java.util.NoSuchElementException;

/** States, each made from the one before, until one has a reason or time is up. */
abstract class SteppingRun implements Run {
    private final Deadline deadline;
    private final OptimalityCheck certificate;
    private OptimizerState last;
    private boolean begun;

    /** Starts with a first state. */
    SteppingRun(OptimizerState first, Deadline deadline, OptimalityCheck certificate) {
        this.last = first;
        this.deadline = deadline;
        this.certificate = certificate;
    }

    /** Goes on after a state that was saved. */
    SteppingRun(SavedState saved, Deadline deadline, OptimalityCheck certificate) {
        this(OptimizerState.read(saved), deadline, certificate);
        certificate.restore(saved);
        begun = true;
    }

    /** Makes the next state; until it returns, nothing may change that {@link #save} puts. */
    abstract OptimizerState advance(OptimizerState from);

    /** Returns the state that the next one is made from. */
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

    /** Returns a state as the last one, from which no step improves the objective in the engine's precision. */
    final OptimizerState exhausted(OptimizerState at, double[] gradient) {
        return at.stopped(
                certificate.allows(at.coefficients(), gradient)
                        ? ConvergenceReason.OBJECTIVE_CONVERGED
                        : ConvergenceReason.NO_PROGRESS);
    }
}

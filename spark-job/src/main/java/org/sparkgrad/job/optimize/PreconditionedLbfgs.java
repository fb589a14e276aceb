package org.sparkgrad.job.optimize;

import java.util.Iterator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.block.Coefficients;

/**
 * L-BFGS in a space where the objective's second derivatives are near to the unit matrix. It minimises what plain L-BFGS
 * does and stops by the same rule, only sooner; and where rounding hides any further gain it stops, too, before it asks for
 * the evaluation. A loss that is not finite within a step makes the step shorter.
 */
final class PreconditionedLbfgs implements Optimizer {
    private final Objective objective;
    private final DataProfile data;
    private final Source source;
    private final int maxIter;
    private final double tol;
    private final Deadline deadline;

    /** Where preconditioners come from. */
    @FunctionalInterface
    interface Source {
        /** Returns one for a step from the given point; null, for steps after 0, is to keep the last. */
        @Nullable Preconditioner preconditioner(int step, Coefficients point, Evaluation at);
    }

    PreconditionedLbfgs(
            Objective objective, DataProfile data, Source source, int maxIter, double tol, Deadline deadline) {
        this.objective = objective;
        this.data = data;
        this.source = source;
        this.maxIter = maxIter;
        this.tol = tol;
        this.deadline = deadline;
    }

    @Override
    public int stepsPerEpoch() {
        return 1;
    }

    @Override
    public Iterator<OptimizerState> states(Coefficients initial, StepListener listener) {
        Evaluation start = objective.evaluate(initial);
        OptimizerState first = new OptimizerState(initial, start.objective(), 0, 0, 0, null);
        if (!start.isFinite()) {
            return new StateIterator(first.stopped(ConvergenceReason.DIVERGED), deadline, state -> state);
        }
        Convergence convergence = new Convergence(maxIter, tol, start.objective());
        ConvergenceReason reason = convergence.check(0, start.objective(), data.norm(start.gradient()));
        if (reason != null) {
            return new StateIterator(first.stopped(reason), deadline, state -> state);
        }
        Run run = new Run(start, convergence, listener);
        return new StateIterator(first, deadline, run::advance);
    }

    /** The states of one training, each from the one before. */
    private final class Run {
        private final LineSearch search = new LineSearch(objective, data.noise());
        private final LbfgsMemory memory = new LbfgsMemory();
        private final Convergence convergence;
        private final StepListener listener;
        private Evaluation current;
        private @Nullable Preconditioner preconditioner;
        private double[] solved = {};

        Run(Evaluation start, Convergence convergence, StepListener listener) {
            this.current = start;
            this.convergence = convergence;
            this.listener = listener;
        }

        OptimizerState advance(OptimizerState state) {
            Preconditioner solver = renew(state);
            LineSearch.Trial found = step(state);
            if (found == null && !memory.isEmpty()) {
                memory.clear();
                found = step(state);
            }
            if (found == null) {
                return state.stopped(ConvergenceReason.OBJECTIVE_CONVERGED);
            }
            double[] nowSolved = solver.solve(found.at().gradient());
            memory.add(
                    Vectors.minus(found.point().values(), state.coefficients().values()),
                    Vectors.minus(found.at().gradient(), current.gradient()),
                    Vectors.minus(nowSolved, solved));
            current = found.at();
            solved = nowSolved;
            OptimizerState next =
                    new OptimizerState(found.point(), current.objective(), state.step() + 1, 0, 0, null);
            listener.stepped(next.step(), next.objective());
            ConvergenceReason reason =
                    convergence.check(next.step(), next.objective(), data.norm(current.gradient()));
            return reason == null ? next : next.stopped(reason);
        }

        /** Corrections around another preconditioner are of no use. */
        private Preconditioner renew(OptimizerState state) {
            Preconditioner renewed = source.preconditioner(state.step(), state.coefficients(), current);
            if (renewed != null) {
                memory.clear();
                solved = renewed.solve(current.gradient());
                preconditioner = renewed;
            }
            return Objects.requireNonNull(preconditioner);
        }

        private LineSearch.@Nullable Trial step(OptimizerState state) {
            double[] direction = memory.direction(current.gradient(), solved);
            double promised = -Vectors.dot(current.gradient(), direction);
            return promised > data.noise() * Math.abs(current.objective())
                    ? search.search(state.coefficients(), current, direction)
                    : null;
        }
    }
}

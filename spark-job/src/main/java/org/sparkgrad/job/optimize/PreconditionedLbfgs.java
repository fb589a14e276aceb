package org.sparkgrad.job.optimize;

import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.block.Coefficients;

/**
 * L-BFGS in a space where the second derivatives of the objective are close to the identity matrix. It has the same
 * minimum and the same stopping rule as plain L-BFGS, but needs fewer steps. If rounding would hide any improvement,
 * the run stops before the evaluation. A loss that is not finite within a step makes the step shorter.
 */
final class PreconditionedLbfgs implements Optimizer {
    private final Objective objective;
    private final DataProfile data;
    private final OptimalityCheck certificate;
    private final ModelledRun.Source<Preconditioner> source;
    private final int maxIter;
    private final double tol;
    private final Deadline deadline;

    PreconditionedLbfgs(
            Objective objective,
            DataProfile data,
            OptimalityCheck certificate,
            ModelledRun.Source<Preconditioner> source,
            int maxIter,
            double tol,
            Deadline deadline) {
        this.objective = objective;
        this.data = data;
        this.certificate = certificate;
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
    public Run states(Coefficients initial, StepListener listener) {
        Evaluation at = certificate.first(initial);
        Convergence convergence = new Convergence(maxIter, tol, at.objective());
        ConvergenceReason stop = convergence.check(
                0, at.objective(), data.norm(at.gradient()), () -> certificate.allows(initial, at.gradient()));
        return new Steps(ModelledRun.first(initial, at, stop), at, convergence, listener);
    }

    @Override
    public Run resume(SavedState saved, StepListener listener) {
        return new Steps(saved, listener);
    }

    /** A run with one state per step. */
    private final class Steps extends ModelledRun<Preconditioner> {
        private final LineSearch search = new LineSearch(objective, data.noise());
        private final LbfgsMemory memory;
        private final StepListener listener;
        private double[] solved;

        Steps(OptimizerState first, Evaluation at, Convergence convergence, StepListener listener) {
            super(first, at, convergence, data, certificate, source, deadline);
            this.listener = listener;
            this.memory = new LbfgsMemory();
            this.solved = at.gradient();
        }

        Steps(SavedState saved, StepListener listener) {
            super(saved, new Convergence(maxIter, tol, saved), data, certificate, source, deadline);
            this.listener = listener;
            this.memory = new LbfgsMemory(saved);
            this.solved = saved.vector("solvedGradient");
        }

        @Override
        void renewed(Preconditioner preconditioner) {
            memory.clear();
            solved = preconditioner.solve(gradient());
        }

        @Override
        OptimizerState advance(OptimizerState from) {
            Preconditioner preconditioner = model(from);
            LineSearch.Trial found = step(from);
            if (found == null && !memory.isEmpty()) {
                memory.clear();
                found = step(from);
            }
            if (found == null) {
                return exhausted(from, gradient());
            }
            double[] next = found.at().gradient();
            double[] nextSolved = preconditioner.solve(next);
            listener.stepped(from.step() + 1, found.value());
            memory.add(
                    Vectors.minus(found.point().values(), from.coefficients().values()),
                    Vectors.minus(next, gradient()),
                    Vectors.minus(nextSolved, solved));
            solved = nextSolved;
            return moved(from, found.point(), found.at(), next);
        }

        private LineSearch.@Nullable Trial step(OptimizerState from) {
            double[] direction = memory.direction(gradient(), solved);
            double promised = -Vectors.dot(gradient(), direction);
            return promised > data.noise() * Math.abs(from.objective())
                    ? search.search(from, gradient(), direction)
                    : null;
        }

        @Override
        public void save(SavedState to) {
            super.save(to);
            memory.save(to);
            to.put("solvedGradient", solved);
        }
    }
}

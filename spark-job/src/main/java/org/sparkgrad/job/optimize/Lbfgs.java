package org.sparkgrad.job.optimize;

import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.block.Coefficients;

/**
 * L-BFGS with MLlib's memory and stopping rule. With an L1 penalty it is OWL-QN, which makes coefficients exactly 0:
 * Andrew and Gao, Scalable Training of L1-Regularized Log-Linear Models, 2007. If rounding would hide any improvement,
 * the run stops before the evaluation.
 */
final class Lbfgs implements Optimizer {
    private static final double DECREASE = 1e-4;
    private static final double SHORTER = 0.5;

    private final Objective objective;
    private final Regularization penalty;
    private final double noise;
    private final OptimalityCheck certificate;
    private final int maxIter;
    private final double tol;
    private final Deadline deadline;

    /**
     * @param noise the largest relative change of the objective that may be rounding
     * @param certificate the check for an optimum
     */
    Lbfgs(Objective objective, double noise, OptimalityCheck certificate, int maxIter, double tol, Deadline deadline) {
        this.objective = objective;
        this.penalty = objective.regularization();
        this.noise = noise;
        this.certificate = certificate;
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
        double norm = Vectors.norm(penalty.subgradient(initial, at.gradient()));
        ConvergenceReason stop =
                convergence.check(0, at.objective(), norm, () -> certificate.allows(initial, at.gradient()));
        return new Steps(ModelledRun.first(initial, at, stop), at, convergence, listener);
    }

    @Override
    public Run resume(SavedState saved, StepListener listener) {
        return new Steps(saved, listener);
    }

    /** A run with one state per step. */
    private final class Steps extends SteppingRun {
        private final LineSearch search = new LineSearch(objective, noise);
        private final Convergence convergence;
        private final LbfgsMemory memory;
        private final StepListener listener;
        private double[] gradient;

        /** The length of a step along the gradient when the memory is empty; 0 before the first step. */
        private double length;

        Steps(OptimizerState first, Evaluation at, Convergence convergence, StepListener listener) {
            super(first, deadline, certificate);
            this.convergence = convergence;
            this.memory = new LbfgsMemory();
            this.listener = listener;
            this.gradient = at.gradient();
        }

        Steps(SavedState saved, StepListener listener) {
            super(saved, deadline, certificate);
            this.convergence = new Convergence(maxIter, tol, saved);
            this.memory = new LbfgsMemory(saved);
            this.listener = listener;
            this.gradient = saved.vector("gradient");
            this.length = saved.number("stepLength");
        }

        @Override
        OptimizerState advance(OptimizerState from) {
            double[] steepest = penalty.subgradient(from.coefficients(), gradient);
            LineSearch.Trial tried = step(from, steepest);
            if (tried == null && !memory.isEmpty()) {
                memory.clear();
                tried = step(from, steepest);
            }
            LineSearch.Trial found = tried;
            if (found == null) {
                return exhausted(from, gradient);
            }
            double[] s =
                    Vectors.minus(found.point().values(), from.coefficients().values());
            double[] y = Vectors.minus(found.at().gradient(), gradient);
            memory.add(s, y, y);
            double sy = Vectors.dot(s, y);
            length = sy > 0 ? sy / Vectors.dot(y, y) : length;
            gradient = found.at().gradient();
            listener.stepped(from.step() + 1, found.value());
            OptimizerState next = new OptimizerState(found.point(), found.value(), from.step() + 1, 0, 0, null);
            double norm = Vectors.norm(penalty.subgradient(found.point(), gradient));
            ConvergenceReason reason = convergence.check(
                    next.step(),
                    next.objective(),
                    norm,
                    () -> certificate.allows(found.point(), found.at().gradient()));
            return reason == null ? next : next.stopped(reason);
        }

        private LineSearch.@Nullable Trial step(OptimizerState from, double[] steepest) {
            double[] direction = direction(steepest);
            double promised = -Vectors.dot(steepest, direction);
            if (!(promised > noise * Math.abs(from.objective()))) {
                return null;
            }
            return penalty.l1() == 0
                    ? search.search(from, gradient, direction)
                    : withinOrthant(from, steepest, direction, promised);
        }

        /** Returns the direction. The first step has length 1, as in Breeze and so in MLlib. */
        private double[] direction(double[] steepest) {
            double[] direction = memory.direction(steepest, steepest);
            if (memory.isEmpty()) {
                double factor = length > 0 ? length : 1 / Vectors.norm(steepest);
                for (int i = 0; i < direction.length; i++) {
                    direction[i] *= factor;
                }
            }
            for (int i = 0; i < direction.length && penalty.l1() > 0; i++) {
                direction[i] = direction[i] * steepest[i] < 0 ? direction[i] : 0;
            }
            return direction;
        }

        /** Shortens the step until the objective falls. The line ends where coefficients would change their sign. */
        private LineSearch.@Nullable Trial withinOrthant(
                OptimizerState from, double[] steepest, double[] direction, double promised) {
            double allowed = noise * Math.abs(from.objective());
            for (double step = 1; step * promised > allowed; step *= SHORTER) {
                Coefficients point = within(from.coefficients(), steepest, direction, step);
                Evaluation at = objective.evaluate(point);
                double change = Vectors.dot(
                        steepest,
                        Vectors.minus(point.values(), from.coefficients().values()));
                boolean rounded = Math.abs(at.objective() - from.objective()) <= allowed;
                if (at.isFinite() && (rounded || at.objective() <= from.objective() + DECREASE * change)) {
                    return at.objective() < from.objective() ? new LineSearch.Trial(point, at) : null;
                }
            }
            return null;
        }

        @Override
        public void save(SavedState to) {
            super.save(to);
            convergence.save(to);
            memory.save(to);
            to.put("gradient", gradient).put("stepLength", length);
        }
    }

    private static Coefficients within(Coefficients from, double[] steepest, double[] direction, double step) {
        double[] values = from.values().clone();
        int features = from.features();
        for (int i = 0; i < values.length; i++) {
            double moved = values[i] + step * direction[i];
            boolean penalised = i % (features + 1) != features;
            double side = values[i] == 0 ? -steepest[i] : values[i];
            values[i] = penalised && moved * side <= 0 ? 0 : moved;
        }
        return new Coefficients(from.outputs(), features, values);
    }
}

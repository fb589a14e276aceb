package org.sparkgrad.job.optimize;

import java.util.Iterator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.block.Coefficients;

/**
 * For an L1 penalty and one output: each step minimises a quadratic model and the penalty by {@link CoordinateDescent}, then
 * goes back until the objective falls enough. Lee, Sun and Saunders, Proximal Newton-Type Methods for Minimizing Composite
 * Functions, 2014. Between two models the scale of the last one follows what gradients did: Barzilai and Borwein, Two-Point
 * Step Size Gradient Methods, 1988.
 */
final class ProximalNewton implements Optimizer {
    private static final double DECREASE = 1e-4;
    private static final double SHORTER = 0.5;
    private static final int MOST_TRIALS = 30;
    private static final double LARGEST_SCALE = 10;

    private final Objective objective;
    private final DataProfile data;
    private final ModelSource source;
    private final int maxIter;
    private final double tol;
    private final Deadline deadline;

    /** Where quadratic models come from. */
    @FunctionalInterface
    interface ModelSource {
        /** Returns one for a step from the given point; null, for steps after 0, is to keep the last. */
        @Nullable QuadraticModel model(int step, Coefficients point, Evaluation at);
    }

    ProximalNewton(
            Objective objective, DataProfile data, ModelSource source, int maxIter, double tol, Deadline deadline) {
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
        ConvergenceReason at = !start.isFinite()
                ? ConvergenceReason.DIVERGED
                : maxIter == 0 ? ConvergenceReason.MAX_ITERATIONS : null;
        Run run = new Run(start, listener);
        return new StateIterator(at == null ? first : first.stopped(at), deadline, run::advance);
    }

    /** The states of one training, each from the one before. */
    private final class Run {
        private final Convergence convergence;
        private final StepListener listener;
        private Evaluation current;
        private @Nullable QuadraticModel model;
        private double scale = 1;

        Run(Evaluation start, StepListener listener) {
            this.current = start;
            this.convergence = new Convergence(maxIter, tol, start.objective());
            this.listener = listener;
        }

        OptimizerState advance(OptimizerState state) {
            double[] point = state.coefficients().values();
            QuadraticModel quadratic = renew(state);
            double[] direction = new CoordinateDescent(quadratic, objective.regularization().l1())
                    .step(current.gradient(), point, scale);
            double promised = -Vectors.dot(current.gradient(), direction) - penaltyChange(point, direction);
            if (!(promised > data.noise() * Math.abs(current.objective()))) {
                return state.stopped(ConvergenceReason.OBJECTIVE_CONVERGED);
            }
            Coefficients next = null;
            Evaluation at = current;
            double length = 1;
            for (int i = 0; i < MOST_TRIALS && next == null; i++, length *= SHORTER) {
                Coefficients trial = along(state.coefficients(), length, direction);
                at = objective.evaluate(trial);
                next = at.isFinite() && at.objective() <= current.objective() - DECREASE * length * promised ? trial : null;
                if (next == null && length * promised <= data.noise() * Math.abs(current.objective())) {
                    break;
                }
            }
            if (next == null) {
                return state.stopped(ConvergenceReason.OBJECTIVE_CONVERGED);
            }
            double[] change = Vectors.minus(next.values(), point);
            double curve = Vectors.dot(change, Vectors.minus(at.gradient(), current.gradient()));
            scale = Math.max(1 / LARGEST_SCALE, Math.min(LARGEST_SCALE, curve / quadratic.square(change)));
            current = at;
            OptimizerState stepped = new OptimizerState(next, at.objective(), state.step() + 1, 0, 0, null);
            listener.stepped(stepped.step(), stepped.objective());
            ConvergenceReason reason = convergence.check(stepped.step(), stepped.objective(), norm(next));
            return reason == null ? stepped : stepped.stopped(reason);
        }

        private QuadraticModel renew(OptimizerState state) {
            QuadraticModel renewed = source.model(state.step(), state.coefficients(), current);
            if (renewed != null) {
                model = renewed;
                scale = 1;
            }
            return Objects.requireNonNull(model);
        }

        /** The norm of the subgradient that is nearest to 0. */
        private double norm(Coefficients point) {
            double l1 = objective.regularization().l1();
            double[] least = current.gradient().clone();
            for (int j = 0; j < point.features(); j++) {
                double coefficient = point.coefficient(0, j);
                least[j] = coefficient == 0
                        ? Math.copySign(Math.max(0, Math.abs(least[j]) - l1), least[j])
                        : least[j] + Math.copySign(l1, coefficient);
            }
            return data.norm(least);
        }
    }

    private double penaltyChange(double[] point, double[] direction) {
        double change = 0;
        for (int j = 0; j < data.features(); j++) {
            change += Math.abs(point[j] + direction[j]) - Math.abs(point[j]);
        }
        return objective.regularization().l1() * change;
    }

    private static Coefficients along(Coefficients from, double length, double[] direction) {
        double[] values = from.values().clone();
        Vectors.add(values, length, direction);
        return new Coefficients(from.outputs(), from.features(), values);
    }
}

package org.sparkgrad.job.optimize;

import org.sparkgrad.gpu.block.Coefficients;

/**
 * The method for an L1 penalty and one output. Each step minimises a quadratic model plus the penalty by
 * {@link CoordinateDescent}, then shortens the step until the objective falls enough: Lee, Sun and Saunders, Proximal
 * Newton-Type Methods for Minimizing Composite Functions, 2014. Between two models, the scale of the last model follows
 * the change of the gradients: Barzilai and Borwein, Two-Point Step Size Gradient Methods, 1988.
 */
final class ProximalNewton implements Optimizer {
    private static final double DECREASE = 1e-4;
    private static final double SHORTER = 0.5;
    private static final double LARGEST_SCALE = 10;

    private final Objective objective;
    private final DataProfile data;
    private final OptimalityCheck certificate;
    private final ModelledRun.Source<QuadraticModel> source;
    private final int maxIter;
    private final double tol;
    private final Deadline deadline;

    ProximalNewton(
            Objective objective,
            DataProfile data,
            OptimalityCheck certificate,
            ModelledRun.Source<QuadraticModel> source,
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
                0,
                at.objective(),
                data.norm(objective.regularization().subgradient(initial, at.gradient())),
                () -> certificate.allows(initial, at.gradient()));
        return new Steps(ModelledRun.first(initial, at, stop), at, convergence, listener);
    }

    @Override
    public Run resume(SavedState saved, StepListener listener) {
        return new Steps(saved, listener);
    }

    /** A run with one state per step. */
    private final class Steps extends ModelledRun<QuadraticModel> {
        private final StepListener listener;
        private double scale;

        Steps(OptimizerState first, Evaluation at, Convergence convergence, StepListener listener) {
            super(first, at, convergence, data, certificate, source, deadline);
            this.listener = listener;
            this.scale = 1;
        }

        Steps(SavedState saved, StepListener listener) {
            super(saved, new Convergence(maxIter, tol, saved), data, certificate, source, deadline);
            this.listener = listener;
            this.scale = saved.number("modelScale");
        }

        @Override
        void renewed(QuadraticModel quadratic) {
            scale = 1;
        }

        @Override
        OptimizerState advance(OptimizerState from) {
            QuadraticModel model = model(from);
            double[] point = from.coefficients().values();
            double[] direction =
                    new CoordinateDescent(model, objective.regularization().l1()).step(gradient(), point, scale);
            double promised = -Vectors.dot(gradient(), direction) - penaltyChange(point, direction);
            double noise = data.noise() * Math.abs(from.objective());
            double length = 1;
            while (length * promised > noise) {
                Coefficients to = along(from.coefficients(), length, direction);
                Evaluation at = objective.evaluate(to);
                if (at.isFinite() && at.objective() <= from.objective() - DECREASE * length * promised) {
                    listener.stepped(from.step() + 1, at.objective());
                    double[] change = Vectors.minus(to.values(), point);
                    double curve = Vectors.dot(change, Vectors.minus(at.gradient(), gradient()));
                    double relative = curve / model.square(change);
                    scale = relative > 0 ? Math.max(1 / LARGEST_SCALE, Math.min(LARGEST_SCALE, relative)) : 1;
                    return moved(from, to, at, objective.regularization().subgradient(to, at.gradient()));
                }
                length *= SHORTER;
            }
            return exhausted(from, gradient());
        }

        @Override
        public void save(SavedState to) {
            super.save(to);
            to.put("modelScale", scale);
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

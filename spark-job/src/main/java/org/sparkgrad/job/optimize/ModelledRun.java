package org.sparkgrad.job.optimize;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.block.Coefficients;

/**
 * A run over all rows whose steps use a model of second derivatives, which is renewed at some steps. A resumed run
 * computes the model again at the point where it was made, so a saved state contains no matrix.
 *
 * @param <M> the model
 */
abstract class ModelledRun<M> extends SteppingRun {
    private final Source<M> source;
    private final Convergence convergence;
    private final DataProfile data;
    private final OptimalityCheck certificate;
    private final double weightSum;
    private double[] gradient;
    private int modelStep = -1;
    private Coefficients modelPoint;
    private @Nullable M model;

    /** Creates models. */
    @FunctionalInterface
    interface Source<M> {
        /**
         * Returns a model for a step from the given point; null, allowed after step 0, keeps the last model.
         *
         * @param weightSum the weight sum of all rows
         */
        @Nullable
        M model(int step, Coefficients point, double weightSum);
    }

    ModelledRun(
            OptimizerState first,
            Evaluation at,
            Convergence convergence,
            DataProfile data,
            OptimalityCheck certificate,
            Source<M> source,
            Deadline deadline) {
        super(first, deadline, certificate);
        this.source = source;
        this.convergence = convergence;
        this.data = data;
        this.certificate = certificate;
        this.weightSum = at.weightSum();
        this.gradient = at.gradient();
        this.modelPoint = first.coefficients();
    }

    ModelledRun(
            SavedState saved,
            Convergence convergence,
            DataProfile data,
            OptimalityCheck certificate,
            Source<M> source,
            Deadline deadline) {
        super(saved, deadline, certificate);
        this.source = source;
        this.convergence = convergence;
        this.data = data;
        this.certificate = certificate;
        this.weightSum = saved.number("weightSum");
        this.gradient = saved.vector("gradient");
        this.modelStep = saved.whole("modelStep");
        this.modelPoint = OptimizerState.coefficients(saved, "modelPoint");
    }

    /** Returns the first state. It is also the last state if a reason to stop is given. */
    static OptimizerState first(Coefficients initial, Evaluation at, @Nullable ConvergenceReason stop) {
        OptimizerState first = new OptimizerState(initial, at.objective(), 0, 0, 0, null);
        ConvergenceReason reason = at.isFinite() ? stop : ConvergenceReason.DIVERGED;
        return reason == null ? first : first.stopped(reason);
    }

    /** Called after a model was renewed. State that depends on the old model is useless then. */
    abstract void renewed(M newModel);

    /** Returns the gradient of the smooth part at the last state, not a copy. */
    final double[] gradient() {
        return gradient;
    }

    /** Returns the model for the step from a state. */
    final M model(OptimizerState from) {
        M current = model;
        if (current == null && modelStep >= 0) {
            current = source.model(modelStep, modelPoint, weightSum);
            model = current;
        }
        M next = from.step() == modelStep ? null : source.model(from.step(), from.coefficients(), weightSum);
        if (next == null) {
            return Objects.requireNonNull(current, "no model at step 0");
        }
        renewed(next);
        model = next;
        modelStep = from.step();
        modelPoint = from.coefficients();
        return next;
    }

    /**
     * Moves to the next point. Nothing else in the run may change afterwards.
     *
     * @param stationary a vector of the length of the gradient that is 0 at the optimum
     */
    final OptimizerState moved(OptimizerState from, Coefficients to, Evaluation at, double[] stationary) {
        gradient = at.gradient();
        OptimizerState next = new OptimizerState(to, at.objective(), from.step() + 1, 0, 0, null);
        ConvergenceReason reason = convergence.check(
                next.step(), next.objective(), data.norm(stationary), () -> certificate.allows(to, at.gradient()));
        return reason == null ? next : next.stopped(reason);
    }

    @Override
    public void save(SavedState to) {
        super.save(to);
        convergence.save(to);
        to.put("gradient", gradient)
                .put("weightSum", weightSum)
                .put("modelStep", modelStep)
                .put("modelPoint", modelPoint.values());
    }
}

package org.sparkgrad.job.optimize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.loss.LogisticLoss;
import org.sparkgrad.job.TestData;

class EarlyStoppingTest {
    private static final OptimalityCheck CERTIFICATE = PlainData.certificate(
            new Objective(new EngineExchange(new LogisticLoss(), TestData.instances(2, 1, 2, 1)), 0, true),
            new LogisticLoss(),
            1);

    /** State i has i as its coefficient, and the i-th of these losses on held-out rows. */
    private static List<OptimizerState> run(int patience, @Nullable ConvergenceReason end, double... losses) {
        Optimizer counting = new Optimizer() {
            @Override
            public Run states(Coefficients initial, StepListener listener) {
                return new SteppingRun(state(0, null), Deadline.in(null), CERTIFICATE) {
                    @Override
                    OptimizerState advance(OptimizerState from) {
                        int step = from.step() + 1;
                        return state(step, step == losses.length - 1 ? end : null);
                    }
                };
            }

            @Override
            public Run resume(SavedState saved, StepListener listener) {
                throw new UnsupportedOperationException("counting starts at 0");
            }

            @Override
            public int stepsPerEpoch() {
                return 1;
            }
        };
        List<OptimizerState> states = new ArrayList<>();
        new EarlyStopping(counting, at -> losses[(int) at.coefficient(0, 0)], patience)
                .states(Coefficients.zeros(1, 1), (step, objective) -> {})
                .forEachRemaining(states::add);
        return states;
    }

    private static OptimizerState state(int step, @Nullable ConvergenceReason stop) {
        return new OptimizerState(new Coefficients(1, 1, new double[] {step, 0}), 10 - step, step, 0, 0, stop);
    }

    private static void assertEnd(List<OptimizerState> states, int step, double coefficient, ConvergenceReason reason) {
        OptimizerState end = states.get(states.size() - 1);
        assertEquals(step, end.step());
        assertEquals(coefficient, end.coefficients().coefficient(0, 0));
        assertEquals(reason, end.stop());
        assertEquals(10 - step, end.objective());
        assertEquals(step + 1, states.size());
        states.subList(0, step).forEach(state -> assertNull(state.stop()));
    }

    @Test
    void stopsAfterPatienceAndKeepsTheBest() {
        assertEnd(run(2, null, 5, 4, 3, 3.5, 3, 2, 1), 4, 2, ConvergenceReason.EARLY_STOPPED);
        assertEnd(run(1, null, 5, 6, 3), 1, 0, ConvergenceReason.EARLY_STOPPED);
    }

    @Test
    void aLowerLossRestoresPatience() {
        assertEnd(run(2, null, 5, 6, 4, 6, 3, 6, 6, 6), 6, 4, ConvergenceReason.EARLY_STOPPED);
    }

    @Test
    void anotherEndKeepsItsReasonAndTheBest() {
        assertEnd(run(5, ConvergenceReason.MAX_EPOCHS, 5, 3, 4), 2, 1, ConvergenceReason.MAX_EPOCHS);
    }

    /** Where the optimizer converged, the gradient was as good as zero; at the best state it need not be. */
    @Test
    void whatConvergedElsewhereStoppedEarly() {
        assertEnd(run(5, ConvergenceReason.GRADIENT_CONVERGED, 5, 3, 4), 2, 1, ConvergenceReason.EARLY_STOPPED);
        assertEnd(run(5, ConvergenceReason.GRADIENT_CONVERGED, 5, 4, 3), 2, 2, ConvergenceReason.GRADIENT_CONVERGED);
    }

    @Test
    void divergencePasses() {
        assertEnd(run(5, ConvergenceReason.DIVERGED, 5, 3, 4), 2, 2, ConvergenceReason.DIVERGED);
    }
}

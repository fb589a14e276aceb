package org.sparkgrad.job.optimize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.loss.LogisticLoss;
import org.sparkgrad.job.TestData;
import org.sparkgrad.job.assemble.Instance;

class DeadlineTest {
    private static final List<Instance> DATA = TestData.instances(100, 3, 2, 8);
    private static final Schedule RATE = new Schedule.Constant(1e-3);

    /** A clock that a test sets. */
    private long now = 5;

    private Deadline in(double seconds) {
        return new Deadline(() -> now, seconds);
    }

    /** Runs an optimizer whose every step takes a second. */
    private List<OptimizerState> run(Optimizer optimizer) {
        List<OptimizerState> states = new ArrayList<>();
        optimizer
                .states(Coefficients.zeros(1, 3), (step, objective) -> now += 1_000_000_000L)
                .forEachRemaining(states::add);
        return states;
    }

    private static Objective objective() {
        return new Objective(new EngineExchange(new LogisticLoss(), DATA), 0.1, true);
    }

    private static OptimalityCheck certificate(Objective objective) {
        return PlainData.certificate(objective, new LogisticLoss(), 3);
    }

    private static OptimizerState last(List<OptimizerState> states) {
        return states.get(states.size() - 1);
    }

    @Test
    void passesOnTime() {
        Deadline deadline = in(2.5);
        now += 2_499_999_999L;
        assertFalse(deadline.isPassed());
        now++;
        assertTrue(deadline.isPassed());
        assertFalse(new Deadline(() -> Long.MAX_VALUE, null).isPassed());
    }

    @Test
    void fullBatchMethodsStopAfterTheStep() {
        Objective objective = objective();
        List<OptimizerState> descent = run(
                new FullBatchDescent(objective, certificate(objective), new GradientDescent(), RATE, 100, 0, in(2.5)));
        assertEquals(3, last(descent).step());
        assertEquals(ConvergenceReason.MAX_SECONDS, last(descent).stop());
        List<OptimizerState> lbfgs = run(new Lbfgs(objective, 0, certificate(objective), 100, 1e-12, in(2.5)));
        assertEquals(3, last(lbfgs).step());
        assertEquals(ConvergenceReason.MAX_SECONDS, last(lbfgs).stop());
    }

    @Test
    void miniBatchesStopWithinTheEpoch() {
        List<OptimizerState> states = run(miniBatches(in(12.5)));
        assertEquals(3, states.size());
        assertEquals(13, last(states).step());
        assertEquals(1, last(states).epoch());
        assertEquals(ConvergenceReason.MAX_SECONDS, last(states).stop());
        assertTrue(Double.isFinite(last(states).objective()));
    }

    @Test
    void anEpochThatEndsOnTimeCounts() {
        List<OptimizerState> states = run(miniBatches(in(20)));
        assertEquals(20, last(states).step());
        assertEquals(2, last(states).epoch());
        assertEquals(ConvergenceReason.MAX_SECONDS, last(states).stop());
    }

    @Test
    void aLimitReachedOnTimeIsTheReason() {
        List<OptimizerState> states = run(miniBatches(in(40)));
        assertEquals(4, last(states).epoch());
        assertEquals(ConvergenceReason.MAX_EPOCHS, last(states).stop());
    }

    private static MiniBatchDescent miniBatches(Deadline deadline) {
        Objective objective = objective();
        return new MiniBatchDescent(
                objective, certificate(objective), new GradientDescent(), RATE, 10, 4, 0, 3, deadline);
    }
}

package org.sparkgrad.job.optimize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.loss.LogisticLoss;
import org.sparkgrad.job.TestData;
import org.sparkgrad.job.assemble.Instance;
import org.sparkgrad.job.config.OptimizerSettings;
import org.sparkgrad.job.config.OptimizerSettings.Init;
import org.sparkgrad.job.config.OptimizerSettings.Method;
import org.sparkgrad.job.config.ScheduleSettings;
import org.sparkgrad.job.config.ValidationSettings;

class OptimizersTest {
    private static final int FEATURES = 5;
    private static final List<Instance> DATA = TestData.instances(600, FEATURES, 2, 8);

    private static OptimizerSettings settings(
            Method method, double rate, @Nullable Integer batchSize, int limit, double tol) {
        return settings(
                method, rate, batchSize, limit, tol, new ScheduleSettings(ScheduleSettings.Kind.STEP, 0.5, 20, 1, 0));
    }

    private static OptimizerSettings settings(
            Method method, double rate, @Nullable Integer batchSize, int limit, double tol, ScheduleSettings schedule) {
        return new OptimizerSettings(
                method,
                rate,
                schedule,
                batchSize,
                limit,
                limit,
                tol,
                null,
                Init.ZERO,
                null,
                ValidationSettings.NONE,
                3);
    }

    private static List<OptimizerState> run(OptimizerSettings settings, double regParam) {
        try (EngineExchange exchange = new EngineExchange(new LogisticLoss(), DATA)) {
            Objective objective = new Objective(exchange, regParam, true);
            Optimizer optimizer = PlainData.optimizer(settings, objective, new LogisticLoss(), DATA.size(), FEATURES);
            List<OptimizerState> states = new ArrayList<>();
            Iterator<OptimizerState> iterator = optimizer.states(Coefficients.zeros(1, FEATURES), (step, value) -> {});
            iterator.forEachRemaining(states::add);
            return states;
        }
    }

    private static OptimizerState last(List<OptimizerState> states) {
        return states.get(states.size() - 1);
    }

    @Test
    void lbfgsFindsWhereTheGradientVanishes() {
        List<OptimizerState> states = run(settings(Method.LBFGS, 0.1, null, 200, 1e-12), 0.01);
        OptimizerState end = last(states);
        assertEquals(Math.log(2), states.get(0).objective(), 1e-12);
        assertFalse(end.reason().isEmpty());
        try (EngineExchange exchange = new EngineExchange(new LogisticLoss(), DATA)) {
            Evaluation at = new Objective(exchange, 0.01, true).evaluate(end.coefficients());
            assertEquals(end.objective(), at.objective(), 1e-14);
            assertEquals(0, Arrays.stream(at.gradient()).map(Math::abs).max().orElseThrow(), 1e-5);
        }
    }

    @Test
    void fullBatchDescentFollowsTheFormula() {
        List<OptimizerState> states = run(settings(Method.GD, 0.2, null, 30, 0), 0.01);
        assertEquals(31, states.size());
        assertEquals(ConvergenceReason.MAX_ITERATIONS, last(states).stop());
        try (EngineExchange exchange = new EngineExchange(new LogisticLoss(), DATA)) {
            Objective objective = new Objective(exchange, 0.01, true);
            double[] w = new double[FEATURES + 1];
            for (int step = 0; step < 30; step++) {
                Evaluation at = objective.evaluate(new Coefficients(1, FEATURES, w.clone()));
                assertEquals(at.objective(), states.get(step).objective(), 1e-14);
                for (int i = 0; i < w.length; i++) {
                    w[i] -= (step < 20 ? 0.2 : 0.1) * at.gradient()[i];
                }
            }
            assertArrayEquals(w, last(states).coefficients().values(), 1e-13);
        }
    }

    @Test
    void anEpochVisitsEachSlotOnceInAnOrderOfItsOwn() {
        Objective objective = new Objective(new EngineExchange(new LogisticLoss(), DATA), 0, true);
        MiniBatchDescent descent = new MiniBatchDescent(
                objective,
                PlainData.certificate(objective, new LogisticLoss(), FEATURES),
                new GradientDescent(),
                new Schedule.Constant(0.1),
                50,
                2,
                0,
                3,
                Deadline.in(null));
        int[] first = descent.order(0);
        assertArrayEquals(
                IntStream.range(0, 50).toArray(), Arrays.stream(first).sorted().toArray());
        assertArrayEquals(first, descent.order(0));
        assertNotEquals(Arrays.toString(first), Arrays.toString(descent.order(1)));
    }

    @Test
    void miniBatchesTakeTheirStepsAndLearn() {
        List<OptimizerState> states = run(settings(Method.SGD, 0.05, 64, 4, 0), 0);
        assertEquals(5, states.size());
        assertEquals(ConvergenceReason.MAX_EPOCHS, last(states).stop());
        assertEquals(4 * 10, last(states).step());
        assertTrue(last(states).objective() < states.get(0).objective());
    }

    @Test
    void aBatchOfAllRowsIsFullBatchDescent() {
        List<OptimizerState> full = run(settings(Method.GD, 0.1, null, 5, 0), 0.1);
        List<OptimizerState> batch = run(settings(Method.SGD, 0.1, 600, 5, 0), 0.1);
        assertArrayEquals(
                last(full).coefficients().values(), last(batch).coefficients().values(), 1e-13);
    }

    @Test
    void theFirstEpochIsNoConvergence() {
        List<OptimizerState> states = run(settings(Method.SGD, 0.1, 600, 5, 1e-9), 0.1);
        assertEquals(6, states.size());
        assertEquals(ConvergenceReason.MAX_EPOCHS, last(states).stop());
    }

    @Test
    void divergenceKeepsTheLastGoodState() {
        List<OptimizerState> states = run(settings(Method.GD, 1e308, null, 50, 0), 1);
        assertEquals(ConvergenceReason.DIVERGED, last(states).stop());
        assertTrue(Double.isFinite(last(states).objective()));
        assertTrue(Arrays.stream(last(states).coefficients().values()).allMatch(Double::isFinite));
    }

    @Test
    void tolStopsDescent() {
        List<OptimizerState> states = run(settings(Method.GD, 0.1, null, 5000, 1e-4, ScheduleSettings.CONSTANT), 0.1);
        assertEquals(ConvergenceReason.OBJECTIVE_CONVERGED, last(states).stop());
        assertTrue(gradient(last(states), 0.1) <= 1e-5 * gradient(states.get(0), 0.1));
    }

    /** Steps that halve every 20 end on the way, where the objective changes by less than tol: that is no optimum. */
    @Test
    void stepsThatVanishAreNoConvergence() {
        List<OptimizerState> states = run(settings(Method.GD, 0.1, null, 5000, 1e-4), 0.1);
        assertEquals(ConvergenceReason.NO_PROGRESS, last(states).stop());
        assertTrue(gradient(last(states), 0.1) > 1e-5 * gradient(states.get(0), 0.1));
    }

    private static double gradient(OptimizerState state, double regParam) {
        try (EngineExchange exchange = new EngineExchange(new LogisticLoss(), DATA)) {
            Evaluation at = new Objective(exchange, regParam, true).evaluate(state.coefficients());
            return Vectors.norm(at.gradient());
        }
    }
}

package org.sparkgrad.job.optimize;

import static org.junit.jupiter.api.Assertions.assertEquals;

import breeze.linalg.DenseVector;
import breeze.optimize.DiffFunction;
import breeze.optimize.FirstOrderMinimizer;
import breeze.optimize.FirstOrderMinimizer.State;
import breeze.optimize.LBFGSB;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.loss.LogisticLoss;
import org.sparkgrad.job.TestData;
import org.sparkgrad.job.assemble.Instance;

/** All there is in a state of Breeze's comes back, also what decides only many steps later. */
class BreezeStatesTest {
    private static final int FEATURES = 5;
    private static final List<Instance> DATA = TestData.instances(300, FEATURES, 2, 8);

    @Test
    void everyPartComesBack() {
        double[] far = new double[FEATURES + 1];
        Arrays.fill(far, 9);
        double[] low = Arrays.stream(far).map(bound -> -bound).toArray();
        assertComesBack(new LBFGSB(
                BreezeObjective.vector(low), BreezeObjective.vector(far), 50, BoundedLbfgs.MEMORY, 0, 64, 64));
    }

    private static void assertComesBack(
            FirstOrderMinimizer<DenseVector<Object>, DiffFunction<DenseVector<Object>>> minimizer) {
        try (EngineExchange exchange = new EngineExchange(new LogisticLoss(), DATA)) {
            var function = new BreezeObjective(new Objective(exchange, 0.01, true), 1, FEATURES).function();
            var first = minimizer.initialState(function, BreezeObjective.vector(new double[FEATURES + 1]));
            var state = minimizer.infiniteIterations(function, first).drop(4).next();
            SavedState saved = new SavedState();
            new OptimizerState(
                            new Coefficients(1, FEATURES, BreezeObjective.values(state.x())),
                            state.adjustedValue(),
                            state.iter(),
                            0,
                            0,
                            null)
                    .save(saved);
            BreezeStates.save(state, saved);

            State<DenseVector<Object>, Object, Object> read = BreezeStates.read(minimizer, saved);

            assertEquals(4, state.iter());
            assertEquals(state.x(), read.x());
            assertEquals(state.value(), read.value());
            assertEquals(state.grad(), read.grad());
            assertEquals(state.adjustedValue(), read.adjustedValue());
            assertEquals(state.adjustedGradient(), read.adjustedGradient());
            assertEquals(state.iter(), read.iter());
            assertEquals(state.initialAdjVal(), read.initialAdjVal());
            assertEquals(state.convergenceInfo(), read.convergenceInfo());
        }
    }
}

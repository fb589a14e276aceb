package org.sparkgrad.job.optimize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.loss.LogisticLoss;
import org.sparkgrad.gpu.loss.Loss;
import org.sparkgrad.gpu.loss.SoftmaxLoss;
import org.sparkgrad.gpu.loss.SquaredErrorLoss;
import org.sparkgrad.job.TestData;
import org.sparkgrad.job.assemble.Instance;
import org.sparkgrad.job.exchange.pass.BatchSlot;

class ObjectiveTest {
    private static final int FEATURES = 4;

    private static Coefficients random(int outputs) {
        return new Coefficients(
                outputs,
                FEATURES,
                new SplittableRandom(9)
                        .doubles((long) outputs * (FEATURES + 1), -0.3, 0.3)
                        .toArray());
    }

    @Test
    void theGradientIsTheDerivativeOfTheObjective() {
        List<Instance> data = TestData.instances(200, FEATURES, 2, 5);
        for (Loss loss : List.of(new LogisticLoss(), new SoftmaxLoss(2), new SquaredErrorLoss())) {
            Objective objective = new Objective(new EngineExchange(loss, data), 0.1, true);
            Coefficients at = random(loss.outputs());
            double[] gradient = objective.evaluate(at).gradient();
            for (int i = 0; i < gradient.length; i++) {
                double[] up = at.values().clone();
                double[] down = at.values().clone();
                up[i] += 1e-5;
                down[i] -= 1e-5;
                double difference = objective
                                .evaluate(new Coefficients(loss.outputs(), FEATURES, up))
                                .objective()
                        - objective
                                .evaluate(new Coefficients(loss.outputs(), FEATURES, down))
                                .objective();
                assertEquals(difference / 2e-5, gradient[i], 1e-7 * (1 + Math.abs(gradient[i])));
            }
        }
    }

    @Test
    void duplicatedDataAndScaledWeightsChangeNothing() {
        List<Instance> data = TestData.instances(200, FEATURES, 2, 5);
        List<Instance> twice = new ArrayList<>(data);
        twice.addAll(data);
        Evaluation once = new Objective(new EngineExchange(new LogisticLoss(), data), 0.1, true).evaluate(random(1));
        Evaluation again = new Objective(new EngineExchange(new LogisticLoss(), twice), 0.1, true).evaluate(random(1));
        assertEquals(once.objective(), again.objective(), 1e-14);
        for (int i = 0; i < once.gradient().length; i++) {
            assertEquals(once.gradient()[i], again.gradient()[i], 1e-13);
        }
    }

    @Test
    void thePenaltyLeavesTheInterceptAlone() {
        List<Instance> data = TestData.instances(200, FEATURES, 2, 5);
        Evaluation without = new Objective(new EngineExchange(new LogisticLoss(), data), 0, true).evaluate(random(1));
        Evaluation with = new Objective(new EngineExchange(new LogisticLoss(), data), 10, true).evaluate(random(1));
        double squares = 0;
        for (int j = 0; j < FEATURES; j++) {
            squares += Math.pow(random(1).coefficient(0, j), 2);
        }
        assertEquals(without.gradient()[FEATURES], with.gradient()[FEATURES]);
        assertEquals(without.loss(), with.loss());
        assertEquals(without.objective() + 5 * squares, with.objective(), 1e-12);
    }

    @Test
    void binarySoftmaxEqualsTheSigmoid() {
        List<Instance> data = TestData.instances(200, FEATURES, 2, 5);
        double[] binary = random(1).values();
        double[] both = new double[2 * binary.length];
        System.arraycopy(binary, 0, both, binary.length, binary.length);
        Evaluation sigmoid = new Objective(new EngineExchange(new LogisticLoss(), data), 0, true).evaluate(random(1));
        Evaluation softmax = new Objective(new EngineExchange(new SoftmaxLoss(2), data), 0, true)
                .evaluate(new Coefficients(2, FEATURES, both));
        assertEquals(sigmoid.objective(), softmax.objective(), 1e-14);
        for (int i = 0; i < binary.length; i++) {
            assertEquals(sigmoid.gradient()[i], softmax.gradient()[binary.length + i], 1e-13);
            assertEquals(-sigmoid.gradient()[i], softmax.gradient()[i], 1e-13);
        }
    }

    @Test
    void rowsWithoutWeightMakeNoBatch() {
        List<Instance> data = TestData.instances(200, FEATURES, 2, 5);
        List<Instance> weightless = data.stream()
                .map(i -> new Instance(i.rowNumber(), i.label(), 0, i.features()))
                .toList();
        Objective objective = new Objective(new EngineExchange(new LogisticLoss(), weightless), 0, true);
        assertTrue(objective.evaluate(random(1), BatchSlot.ALL).isEmpty());
    }
}

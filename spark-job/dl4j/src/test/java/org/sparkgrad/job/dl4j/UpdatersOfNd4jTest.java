package org.sparkgrad.job.dl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nadam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;
import org.sparkgrad.job.config.OptimizerSettings.Method;
import org.sparkgrad.job.optimize.Updater;
import org.sparkgrad.job.optimize.Updaters;

/** The job's updaters against ND4J's, over 3,000 steps with a falling learning rate. */
class UpdatersOfNd4jTest {
    private static final int SIZE = 11;

    /** The last coefficient never has a gradient. */
    private static double[] gradient(int step) {
        double[] gradient = new SplittableRandom(step).doubles(SIZE, -2, 2).toArray();
        gradient[SIZE - 1] = 0;
        return gradient;
    }

    private static double[] filled(double value) {
        double[] values = new double[SIZE];
        Arrays.fill(values, value);
        return values;
    }

    static Stream<Arguments> ofNd4j() {
        return Stream.of(
                Arguments.of(Method.SGD, new Sgd()),
                Arguments.of(Method.NESTEROV, new Nesterovs()),
                Arguments.of(Method.ADAGRAD, new AdaGrad()),
                Arguments.of(Method.RMSPROP, new RmsProp()),
                Arguments.of(Method.ADAM, new Adam()),
                Arguments.of(Method.AMSGRAD, new AMSGrad()),
                Arguments.of(Method.NADAM, new Nadam()));
    }

    @ParameterizedTest
    @MethodSource("ofNd4j")
    void coefficientsAndStateAreNd4jsToTheBit(Method method, IUpdater config) {
        Updater updater = Updaters.of(method, SIZE);
        INDArray state = Nd4j.zeros(DataType.DOUBLE, 1, Math.max(1, Math.toIntExact(config.stateSize(SIZE))));
        GradientUpdater<?> nd4j = config.instantiate(config.stateSize(SIZE) == 0 ? null : state, true);
        double[] actual = filled(0.3);
        double[] expected = filled(0.3);
        for (int step = 0; step < 3000; step++) {
            double rate = 0.01 / (1 + step / 100.0);
            double scale = Math.pow(10, -(step % 7));
            double[] gradient =
                    Arrays.stream(gradient(step)).map(g -> g * scale).toArray();
            config.setLrAndSchedule(rate, null);
            INDArray change = Nd4j.createFromArray(gradient).reshape(1, SIZE);
            nd4j.applyUpdater(change, step, 0);
            for (int i = 0; i < SIZE; i++) {
                expected[i] -= change.getDouble(i);
            }
            updater.update(actual, gradient, rate, step);
            assertArrayEquals(expected, actual, "after step " + step);
        }
        assertArrayEquals(config.stateSize(SIZE) == 0 ? new double[0] : state.toDoubleVector(), updater.state());
    }
}

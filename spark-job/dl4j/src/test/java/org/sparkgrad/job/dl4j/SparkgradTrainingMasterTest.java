package org.sparkgrad.job.dl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.deeplearning4j.nn.api.OptimizationAlgorithm;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nadam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.InverseSchedule;
import org.nd4j.linalg.schedule.PolySchedule;
import org.nd4j.linalg.schedule.ScheduleType;
import org.nd4j.linalg.schedule.StepSchedule;
import org.sparkgrad.job.ml.GpuLogisticRegression;

/** Networks of DL4J's, trained by changing their training master: the estimator's parameters. */
class SparkgradTrainingMasterTest extends FlowerNetworks {
    private static UnaryOperator<GpuLogisticRegression> also(Consumer<GpuLogisticRegression> change) {
        return estimator -> {
            change.accept(estimator);
            return estimator;
        };
    }

    static Stream<Arguments> updaters() {
        UnaryOperator<GpuLogisticRegression> same = UnaryOperator.identity();
        return Stream.of(
                Arguments.of(new Sgd(0.1), "sgd", same),
                Arguments.of(new Nesterovs(0.05, 0.9), "nesterov", same),
                Arguments.of(new AdaGrad(0.05), "adagrad", same),
                Arguments.of(new RmsProp(0.05), "rmsprop", same),
                Arguments.of(new Adam(0.05), "adam", same),
                Arguments.of(new AMSGrad(0.05), "amsgrad", same),
                Arguments.of(new Nadam(0.05), "nadam", same),
                Arguments.of(
                        new Adam(new StepSchedule(ScheduleType.ITERATION, 0.05, 0.5, 7)),
                        "adam",
                        also(e -> e.setSchedule("step").setScheduleDecay(0.5).setScheduleSteps(7))),
                Arguments.of(
                        new Sgd(new StepSchedule(ScheduleType.EPOCH, 0.1, 0.5, 2)),
                        "sgd",
                        also(e -> e.setSchedule("step").setScheduleDecay(0.5).setScheduleSteps(2 * SLOTS))),
                Arguments.of(
                        new Sgd(new ExponentialSchedule(ScheduleType.EPOCH, 0.1, 0.5)),
                        "sgd",
                        also(e -> e.setSchedule("step").setScheduleDecay(0.5).setScheduleSteps(SLOTS))),
                Arguments.of(
                        new Sgd(new InverseSchedule(ScheduleType.ITERATION, 0.1, 0.25, 2)),
                        "sgd",
                        also(e -> e.setSchedule("inverse").setScheduleSteps(4).setSchedulePower(2))),
                Arguments.of(
                        new Sgd(new PolySchedule(ScheduleType.ITERATION, 0.1, 2, 4 * SLOTS)),
                        "sgd",
                        also(e -> e.setSchedule("polynomial").setSchedulePower(2))));
    }

    @ParameterizedTest
    @MethodSource("updaters")
    void updatersAndSchedulesAreTheEstimators(
            IUpdater updater, String optimizer, UnaryOperator<GpuLogisticRegression> schedule) {
        int outputs = optimizer.equals("sgd") ? 1 : 3;
        double rate = updater.getLearningRate(0, 0);
        LogisticRegressionModel expected =
                schedule.apply(byBatches(outputs, optimizer, rate)).fit(dataset(outputs));
        MultiLayerNetwork network = fitted(network(updater), layer(outputs).build(), master().build())
                .getNetwork();
        assertArrayEquals(NetworkParameters.of(expected, true), network.params().toDoubleVector());
        assertEquals(4 * SLOTS, network.getIterationCount());
        assertEquals(1, network.getEpochCount());
    }

    @Test
    void penaltiesAreTheEstimators() {
        LogisticRegressionModel l2 =
                byBatches(3, "adam", 0.05).setRegParam(0.01).fit(dataset(3));
        assertParameters(l2, fitted(network(new Adam(0.05)), layer(3).l2(0.01).build(), master().build()));
        LogisticRegressionModel both = byBatches(3, "sgd", 0.1)
                .setRegParam(0.02 + 0.03)
                .setElasticNetParam(0.02 / (0.02 + 0.03))
                .fit(dataset(3));
        assertParameters(
                both, fitted(network(new Sgd(0.1)), layer(3).l1(0.02).l2(0.03).build(), master().build()));
        LogisticRegressionModel none =
                byBatches(3, "sgd", 0.1).setFitIntercept(false).fit(dataset(3));
        MultiLayerNetwork unbiased = fitted(
                        network(new Sgd(0.1)), layer(3).hasBias(false).build(), master().build())
                .getNetwork();
        assertArrayEquals(NetworkParameters.of(none, false), unbiased.params().toDoubleVector());
    }

    private static void assertParameters(LogisticRegressionModel expected, SparkDl4jMultiLayer actual) {
        assertArrayEquals(
                NetworkParameters.of(expected, true),
                actual.getNetwork().params().toDoubleVector());
    }

    @Test
    void lbfgsFindsMllibsOptimum() {
        NeuralNetConfiguration.Builder whole = network(new Sgd(0.1))
                .optimizationAlgo(OptimizationAlgorithm.LBFGS)
                .l2(0.01);
        SparkDl4jMultiLayer trained =
                fitted(whole, layer(3).build(), master().maxIter(300).tol(1e-12).build());
        GpuLogisticRegression ours = estimator(3)
                .setOptimizer("lbfgs")
                .setRegParam(0.01)
                .setMaxIter(300)
                .setTol(1e-12);
        assertParameters(ours.fit(dataset(3)), trained);
        LogisticRegressionModel theirs = new LogisticRegression()
                .setRegParam(0.01)
                .setStandardization(false)
                .setMaxIter(300)
                .setTol(1e-12)
                .fit(dataset(3));
        double[] objectives = theirs.summary().objectiveHistory();
        assertEquals(objectives[objectives.length - 1], trained.getScore(), 1e-6);
        for (DataSet set : Flowers.dataSets(3)) {
            INDArray right = set.getLabels()
                    .argMax(1)
                    .eq(trained.getNetwork().output(set.getFeatures()).argMax(1));
            assertTrue(right.castTo(DataType.DOUBLE).meanNumber().doubleValue() >= 0.7);
        }
        assertTrue(trained.getNetwork().getIterationCount() > 5);
    }

    @Test
    void trainingStartsWhereTheNetworkIs() {
        NeuralNetConfiguration.Builder somewhere = network(new Adam(0.05)).weightInit(WeightInit.XAVIER);
        MultiLayerNetwork start =
                new MultiLayerNetwork(somewhere.list().layer(layer(3).build()).build());
        start.init();
        LogisticRegressionModel first =
                NetworkParameters.model(start.params().toDoubleVector(), Flowers.FEATURES, 3, true);
        LogisticRegressionModel expected =
                byBatches(3, "adam", 0.05).setInitialModel(first).fit(dataset(3));
        assertParameters(expected, fitted(somewhere, layer(3).build(), master().build()));
    }

    @Test
    void aNetworkOfFloatsHasTheParametersRounded() {
        double[] expected = NetworkParameters.of(
                byBatches(1, "adam", 0.05).setPrecision("float").fit(dataset(1)), true);
        double[] actual = fitted(network(new Adam(0.05)).dataType(DataType.FLOAT), layer(1).build(), master().build())
                .getNetwork()
                .params()
                .toDoubleVector();
        for (int i = 0; i < expected.length; i++) {
            assertEquals((float) expected[i], (float) actual[i]);
        }
    }
}

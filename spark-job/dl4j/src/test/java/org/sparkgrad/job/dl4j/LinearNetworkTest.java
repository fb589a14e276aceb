package org.sparkgrad.job.dl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.Consumer;
import java.util.stream.Stream;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.api.OptimizationAlgorithm;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.constraint.NonNegativeConstraint;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.schedule.CycleSchedule;
import org.nd4j.linalg.schedule.PolySchedule;
import org.nd4j.linalg.schedule.ScheduleType;
import org.nd4j.linalg.schedule.StepSchedule;
import org.sparkgrad.job.ml.GpuLogisticRegression;

/** Which networks are linear models, and why the others are not. */
class LinearNetworkTest {
    private static OutputLayer.Builder softmax() {
        return new OutputLayer.Builder(LossFunction.MCXENT)
                .activation(Activation.SOFTMAX)
                .nIn(4)
                .nOut(3);
    }

    private static void settings(MultiLayerConfiguration configuration, int done) {
        NetworkSettings.of(
                new GpuLogisticRegression(), new LinearNetwork(configuration), 10, new StepCount(done, 5, 2));
    }

    private static MultiLayerConfiguration with(Consumer<NeuralNetConfiguration.Builder> change) {
        NeuralNetConfiguration.Builder builder = new NeuralNetConfiguration.Builder();
        change.accept(builder);
        return builder.list().layer(softmax().build()).build();
    }

    private static MultiLayerConfiguration of(Layer.Builder<?> layer) {
        return new NeuralNetConfiguration.Builder()
                .list()
                .layer(layer.build())
                .validateOutputLayerConfig(false) // DL4J refuses some of these, unless it is told not to
                .build();
    }

    private static OutputLayer.Builder layer(LossFunction loss, Activation activation, int outputs) {
        return new OutputLayer.Builder(loss).activation(activation).nIn(4).nOut(outputs);
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of("LossMSE", of(layer(LossFunction.MSE, Activation.SOFTMAX, 3))),
                Arguments.of("sigmoid", of(layer(LossFunction.MCXENT, Activation.SIGMOID, 3))),
                Arguments.of("3 outputs", of(layer(LossFunction.XENT, Activation.SIGMOID, 3))),
                Arguments.of(
                        "weighs the outputs",
                        of(new OutputLayer.Builder(new LossMCXENT(Nd4j.createFromArray(1f, 2f, 3f)))
                                .activation(Activation.SOFTMAX)
                                .nIn(4)
                                .nOut(3))),
                Arguments.of(
                        "not an OutputLayer",
                        new NeuralNetConfiguration.Builder()
                                .list()
                                .layer(new LossLayer.Builder(LossFunction.MCXENT)
                                        .activation(Activation.SOFTMAX)
                                        .build())
                                .build()),
                Arguments.of("input preprocessor", preprocessed()),
                Arguments.of("miniBatch(false)", with(builder -> builder.miniBatch(false))),
                Arguments.of("minimize(false)", with(builder -> builder.minimize(false))),
                Arguments.of(
                        "CONJUGATE_GRADIENT",
                        with(builder -> builder.optimizationAlgo(OptimizationAlgorithm.CONJUGATE_GRADIENT))),
                Arguments.of("its data type is", with(builder -> builder.dataType(DataType.FLOAT16))),
                Arguments.of("dropout", of(softmax().dropOut(0.5))),
                Arguments.of("weight noise", of(softmax().weightNoise(new DropConnect(0.5)))),
                Arguments.of("constraints", of(softmax().constrainWeights(new NonNegativeConstraint()))),
                Arguments.of(
                        "ClipL2PerLayer", of(softmax().gradientNormalization(GradientNormalization.ClipL2PerLayer))),
                Arguments.of("updater of their own", of(softmax().biasUpdater(new Sgd(0.5)))),
                Arguments.of("biases are regularised", of(softmax().l2Bias(0.1))),
                Arguments.of("WeightDecay", of(softmax().weightDecay(0.1))),
                Arguments.of("AdaDelta", with(builder -> builder.updater(new AdaDelta()))),
                Arguments.of("momentum=0.5", with(builder -> builder.updater(new Nesterovs(0.1, 0.5)))),
                Arguments.of(
                        "Adam does not",
                        with(builder -> builder.updater(new Adam()).l1(0.1))),
                Arguments.of("not above 0", with(builder -> builder.updater(new Sgd(0)))),
                Arguments.of(
                        "falls to 0 at step 7",
                        with(builder -> builder.updater(new Sgd(new PolySchedule(ScheduleType.ITERATION, 0.1, 1, 7))))),
                Arguments.of(
                        "CycleSchedule",
                        with(builder -> builder.updater(new Sgd(new CycleSchedule(ScheduleType.ITERATION, 0.1, 10))))),
                Arguments.of(
                        "multiplies by 2",
                        with(builder ->
                                builder.updater(new Sgd(new StepSchedule(ScheduleType.ITERATION, 0.1, 2, 10))))));
    }

    private static MultiLayerConfiguration preprocessed() {
        return new NeuralNetConfiguration.Builder()
                .list()
                .layer(softmax().build())
                .setInputType(InputType.convolutional(2, 2, 1))
                .build();
    }

    @ParameterizedTest
    @MethodSource("refused")
    void otherNetworksAreRefusedWithTheReason(String reason, MultiLayerConfiguration network) {
        String message = String.valueOf(assertThrows(DL4JInvalidConfigException.class, () -> settings(network, 0))
                .getMessage());
        assertTrue(message.contains(reason), message);
        assertEquals(2, message.lines().count(), message);
    }

    @Test
    void allReasonsAreGivenAtOnce() {
        MultiLayerConfiguration deep = new NeuralNetConfiguration.Builder()
                .updater(new AdaDelta())
                .miniBatch(false)
                .list()
                .validateOutputLayerConfig(false)
                .layer(new DenseLayer.Builder().nIn(4).nOut(5).build())
                .layer(layer(LossFunction.MSE, Activation.IDENTITY, 3)
                        .nIn(5)
                        .weightDecay(0.1)
                        .build())
                .build();
        String message = String.valueOf(assertThrows(DL4JInvalidConfigException.class, () -> settings(deep, 0))
                .getMessage());
        for (String reason : new String[] {"2 layers", "miniBatch(false)", "LossMSE", "WeightDecay", "AdaDelta"}) {
            assertTrue(message.contains(reason), message);
        }
    }

    @Test
    void aScheduleThatHasGoneOnIsRefused() {
        MultiLayerConfiguration network =
                with(builder -> builder.updater(new Sgd(new StepSchedule(ScheduleType.ITERATION, 0.1, 0.5, 10))));
        settings(network, 0);
        assertTrue(assertThrows(DL4JInvalidConfigException.class, () -> settings(network, 5))
                .toString()
                .contains("gone on for 5 steps"));
    }

    @Test
    void theNegativeLogLikelihoodIsCrossEntropy() {
        settings(of(layer(LossFunction.NEGATIVELOGLIKELIHOOD, Activation.SOFTMAX, 3)), 0);
    }
}

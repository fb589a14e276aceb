package org.sparkgrad.job.dl4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.deeplearning4j.nn.api.OptimizationAlgorithm;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.regularization.L1Regularization;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;

/** Checks that a network's configuration is a logistic or softmax regression, and collects every reason against it. */
final class LinearNetwork {
    private final MultiLayerConfiguration network;
    private final List<String> problems = new ArrayList<>();
    private final @Nullable OutputLayer layer;
    private final double l1;
    private final double l2;

    LinearNetwork(MultiLayerConfiguration network) {
        this.network = network;
        this.layer = lastLayer();
        checkNetwork(network.getConf(0));
        double[] penalty = new double[2];
        if (layer != null) {
            checkOutput(layer);
            checkTraining(layer);
            penalty = penalty(layer);
        }
        this.l1 = penalty[0];
        this.l2 = penalty[1];
    }

    /** Returns every reason why the network cannot be trained. */
    List<String> problems() {
        return problems;
    }

    /** Returns the output layer, or null if there is none. */
    @Nullable
    OutputLayer outputLayer() {
        return layer;
    }

    /** Returns the output layer of a network without problems. */
    OutputLayer layer() {
        return Objects.requireNonNull(layer);
    }

    /** Returns the data type of the network. */
    DataType dataType() {
        return network.getDataType();
    }

    /** Returns the configuration of the layer and its training. */
    NeuralNetConfiguration configuration() {
        return network.getConf(0);
    }

    /** Returns whether there is one output per class, instead of one output for the second of two classes. */
    boolean isSoftmax() {
        return layer().getActivationFn() instanceof ActivationSoftmax;
    }

    /** Returns whether each step uses all data. */
    boolean isFullBatch() {
        return configuration().getOptimizationAlgo() == OptimizationAlgorithm.LBFGS;
    }

    /** Returns the factor of the weights' absolute values in the penalty. */
    double l1() {
        return l1;
    }

    /** Returns the factor of half the weights' squares in the penalty. */
    double l2() {
        return l2;
    }

    private void refuse(boolean when, String reason) {
        if (when) {
            problems.add(reason);
        }
    }

    private @Nullable OutputLayer lastLayer() {
        int layers = network.getConfs().size();
        refuse(layers != 1, "it has " + layers + " layers: one output layer alone is a linear model");
        Layer last = network.getConf(layers - 1).getLayer();
        boolean isOutput = last.getClass() == OutputLayer.class;
        refuse(!isOutput, "its last layer is a " + last.getClass().getSimpleName() + ", not an OutputLayer");
        return isOutput ? (OutputLayer) last : null;
    }

    private void checkNetwork(NeuralNetConfiguration conf) {
        refuse(
                network.getInputPreProcessors() != null
                        && !network.getInputPreProcessors().isEmpty(),
                "it has an input preprocessor: preprocess the data");
        refuse(network.getBackpropType() != BackpropType.Standard, "it is trained by truncated backpropagation");
        refuse(!conf.isMiniBatch(), "miniBatch(false) sums gradients, which are averaged here");
        refuse(!conf.isMinimize(), "minimize(false) maximises the loss");
        OptimizationAlgorithm algorithm = conf.getOptimizationAlgo();
        refuse(
                algorithm != OptimizationAlgorithm.STOCHASTIC_GRADIENT_DESCENT
                        && algorithm != OptimizationAlgorithm.LBFGS,
                "its optimizationAlgo is " + algorithm + ": STOCHASTIC_GRADIENT_DESCENT and LBFGS are known here");
        DataType type = network.getDataType();
        refuse(type != DataType.FLOAT && type != DataType.DOUBLE, "its data type is " + type + ", not FLOAT or DOUBLE");
    }

    private void checkOutput(OutputLayer output) {
        IActivation activation = output.getActivationFn();
        ILossFunction loss = output.getLossFn();
        boolean softmax = activation instanceof ActivationSoftmax && loss instanceof LossMCXENT;
        boolean sigmoid = activation instanceof ActivationSigmoid && loss instanceof LossBinaryXENT;
        refuse(
                !softmax && !sigmoid,
                "its output is %s with %s: softmax with MCXENT and sigmoid with XENT are known here"
                        .formatted(activation, loss.name()));
        refuse(softmax && output.getNOut() < 2, "softmax has one output: one class is nothing to learn");
        refuse(
                sigmoid && output.getNOut() != 1,
                "sigmoid has " + output.getNOut() + " outputs, which are as many separate models: give it one");
        INDArray weights = loss instanceof LossMCXENT multiclass
                ? multiclass.getWeights()
                : loss instanceof LossBinaryXENT binary ? binary.getWeights() : null;
        refuse(weights != null, "its loss weighs the outputs");
        boolean smooths = loss instanceof LossMCXENT multiclass && multiclass.getSoftmaxClipEps() > 1e-3;
        refuse(smooths, "its loss clips probabilities by more than rounding");
    }

    private void checkTraining(OutputLayer output) {
        refuse(output.getIDropout() != null, "it has dropout");
        refuse(output.getWeightNoise() != null, "it has weight noise");
        refuse(output.getConstraints() != null && !output.getConstraints().isEmpty(), "it has constraints");
        refuse(
                output.getGradientNormalization() != null
                        && output.getGradientNormalization() != GradientNormalization.None,
                "it has gradient normalization " + output.getGradientNormalization());
        refuse(
                output.getBiasUpdater() != null && !output.getBiasUpdater().equals(output.getIUpdater()),
                "its biases have an updater of their own");
        refuse(
                output.getRegularizationBias() != null
                        && !output.getRegularizationBias().isEmpty(),
                "its biases are regularised, which they never are here");
    }

    private double[] penalty(OutputLayer output) {
        double[] penalty = new double[2];
        List<Regularization> all = output.getRegularization();
        for (Regularization one : all == null ? List.<Regularization>of() : all) {
            if (one instanceof L1Regularization magnitudes) {
                penalty[0] = fixed(magnitudes.getL1(), "L1");
            } else if (one instanceof L2Regularization squares) {
                penalty[1] = fixed(squares.getL2(), "L2");
            } else {
                problems.add("it has " + one.getClass().getSimpleName() + ": L1 and L2 are known here");
            }
        }
        return penalty;
    }

    private double fixed(ISchedule factor, String name) {
        refuse(!(factor instanceof FixedSchedule), "its " + name + " changes over time");
        return factor.valueAt(0, 0);
    }
}

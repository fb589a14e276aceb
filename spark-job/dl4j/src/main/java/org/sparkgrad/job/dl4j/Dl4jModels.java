package org.sparkgrad.job.dl4j;

import java.io.File;
import java.io.IOException;
import java.util.Arrays;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Converts stock Spark models to DL4J's networks. */
public final class Dl4jModels {
    /**
     * The margin for probability 0 or 1 in double precision. It replaces infinite intercepts, for which softmax gives
     * NaN.
     */
    private static final double CERTAIN = 1e3;

    private Dl4jModels() {}

    /**
     * Returns a network of one output layer, in double precision, whose output is the model's probability: of each
     * class by softmax for a multinomial model, of class 1 by a sigmoid for a binomial model. The input is the vectors
     * of the model, N x F. The thresholds of the model are omitted.
     */
    public static MultiLayerNetwork network(LogisticRegressionModel model) {
        boolean softmax = model.coefficientMatrix().numRows() > 1;
        OutputLayer layer = new OutputLayer.Builder(softmax ? LossFunction.MCXENT : LossFunction.XENT)
                .activation(softmax ? Activation.SOFTMAX : Activation.SIGMOID)
                .nIn(model.numFeatures())
                .nOut(model.coefficientMatrix().numRows())
                .build();
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .list()
                .layer(layer)
                .build());
        double[] parameters = Arrays.stream(NetworkParameters.of(model, true))
                .map(value -> Double.isInfinite(value) ? Math.copySign(CERTAIN, value) : value)
                .toArray();
        network.init(Nd4j.createFromArray(parameters).reshape(1, parameters.length), false);
        return network;
    }

    /** Writes this network as DL4J's zip file, which {@code MultiLayerNetwork.load} reads. */
    public static void save(LogisticRegressionModel model, File file) throws IOException {
        ModelSerializer.writeModel(network(model), file, false);
    }
}

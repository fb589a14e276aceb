package org.sparkgrad.job.ml;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Deeplearning4j in the peers benchmark: a network of one output layer, trained by mini-batches whose parameters its
 * ParameterAveragingTrainingMaster averages; Adam at DL4J's own rate, which is constant, so it does not reach an optimum closely.
 */
final class PeerDl4j {
    private static final int BATCH = 256;
    private static final int AVERAGED_EVERY = 10;

    private final JavaSparkContext spark;
    private final int features;
    private final int outputs;
    private final double regParam;
    private final double elasticNetParam;

    /** @param classes two are one output */
    PeerDl4j(JavaSparkContext spark, int features, int classes, double regParam, double elasticNetParam) {
        this.spark = spark;
        this.features = features;
        this.outputs = classes == 2 ? 1 : classes;
        this.regParam = regParam;
        this.elasticNetParam = elasticNetParam;
    }

    /** Returns the rows, label before features, as DL4J takes them. */
    JavaRDD<DataSet> batches(JavaRDD<Row> rows) {
        int width = features;
        int labels = outputs;
        return rows.mapPartitions(part -> batches(part, width, labels));
    }

    /** Returns K rows of F + 1 after so many epochs, the intercept last. */
    double[] train(JavaRDD<DataSet> batches, int epochs) {
        ParameterAveragingTrainingMaster master = new ParameterAveragingTrainingMaster.Builder(1)
                .batchSizePerWorker(BATCH)
                .averagingFrequency(AVERAGED_EVERY)
                .storageLevel(null)
                .build();
        SparkDl4jMultiLayer network = new SparkDl4jMultiLayer(spark, configuration(), master);
        MultiLayerNetwork trained = network.getNetwork();
        for (int epoch = 0; epoch < epochs; epoch++) {
            trained = network.fit(batches);
        }
        INDArray weights = trained.getParam("0_W");
        INDArray biases = trained.getParam("0_b");
        double[] coefficients = new double[outputs * (features + 1)];
        for (int k = 0; k < outputs; k++) {
            for (int j = 0; j < features; j++) {
                coefficients[k * (features + 1) + j] = weights.getDouble(j, k);
            }
            coefficients[k * (features + 1) + features] = biases.getDouble(0, k);
        }
        return coefficients;
    }

    private MultiLayerConfiguration configuration() {
        return new NeuralNetConfiguration.Builder()
                .seed(7)
                .weightInit(WeightInit.ZERO)
                .updater(new Adam())
                .l2(regParam * (1 - elasticNetParam))
                .l1(regParam * elasticNetParam)
                .list()
                .layer(new OutputLayer.Builder(outputs == 1 ? LossFunction.XENT : LossFunction.MCXENT)
                        .activation(outputs == 1 ? Activation.SIGMOID : Activation.SOFTMAX)
                        .nIn(features)
                        .nOut(outputs)
                        .build())
                .build();
    }

    private static Iterator<DataSet> batches(Iterator<Row> rows, int features, int outputs) {
        List<DataSet> batches = new ArrayList<>();
        while (rows.hasNext()) {
            List<Row> batch = new ArrayList<>();
            while (rows.hasNext() && batch.size() < BATCH) {
                batch.add(rows.next());
            }
            float[] x = new float[batch.size() * features];
            float[] y = new float[batch.size() * outputs];
            for (int i = 0; i < batch.size(); i++) {
                int row = i * features;
                batch.get(i).<Vector>getAs(1).foreachActive((j, value) -> {
                    x[row + (int) j] = (float) (double) value;
                    return scala.runtime.BoxedUnit.UNIT;
                });
                int label = (int) batch.get(i).getDouble(0);
                y[outputs == 1 ? i : i * outputs + label] = outputs == 1 ? label : 1;
            }
            batches.add(new DataSet(
                    Nd4j.createFromArray(x).reshape(batch.size(), features),
                    Nd4j.createFromArray(y).reshape(batch.size(), outputs)));
        }
        return batches.iterator();
    }
}

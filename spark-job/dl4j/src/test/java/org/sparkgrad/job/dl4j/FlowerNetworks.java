package org.sparkgrad.job.dl4j;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.sparkgrad.job.TestSpark;
import org.sparkgrad.job.ml.GpuLogisticRegression;

/** Networks for the flowers, and the estimator that trains the same. */
abstract class FlowerNetworks {
    static final int BATCH = 25;

    /** Batches of an epoch over the 150 flowers. */
    static final int SLOTS = 6;

    final JavaSparkContext context =
            JavaSparkContext.fromSparkContext(TestSpark.session("local[2]").sparkContext());

    static NeuralNetConfiguration.Builder network(IUpdater updater) {
        return new NeuralNetConfiguration.Builder()
                .seed(11)
                .dataType(DataType.DOUBLE)
                .weightInit(WeightInit.ZERO)
                .updater(updater);
    }

    static OutputLayer.Builder layer(int outputs) {
        boolean softmax = outputs > 1;
        return new OutputLayer.Builder(softmax ? LossFunction.MCXENT : LossFunction.XENT)
                .activation(softmax ? Activation.SOFTMAX : Activation.SIGMOID)
                .nIn(Flowers.FEATURES)
                .nOut(outputs);
    }

    SparkDl4jMultiLayer fitted(
            NeuralNetConfiguration.Builder network, OutputLayer layer, SparkgradTrainingMaster master) {
        SparkDl4jMultiLayer trained =
                new SparkDl4jMultiLayer(context, network.list().layer(layer).build(), master);
        trained.fit(dataSets((int) layer.getNOut()));
        return trained;
    }

    JavaRDD<DataSet> dataSets(int outputs) {
        return context.parallelize(Flowers.dataSets(outputs), 3);
    }

    Dataset<Row> dataset(int outputs) {
        return NetworkRows.of(dataSets(outputs), Flowers.FEATURES, outputs);
    }

    static SparkgradTrainingMaster.Builder master() {
        return new SparkgradTrainingMaster.Builder(BATCH).engine("cpu").epochs(4);
    }

    static GpuLogisticRegression estimator(int outputs) {
        return new GpuLogisticRegression()
                .setEngine("cpu")
                .setPrecision("double")
                .setStandardization(false)
                .setFamily(outputs == 1 ? "binomial" : "multinomial")
                .setSeed(11);
    }

    static GpuLogisticRegression byBatches(int outputs, String optimizer, double learningRate) {
        return estimator(outputs)
                .setBatchSize(BATCH)
                .setEpochs(4)
                .setTol(0)
                .setOptimizer(optimizer)
                .setLearningRate(learningRate);
    }
}

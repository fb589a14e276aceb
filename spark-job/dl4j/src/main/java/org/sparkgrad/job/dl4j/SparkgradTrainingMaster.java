package org.sparkgrad.job.dl4j;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.datavec.spark.util.SerializableHadoopConfig;
import org.deeplearning4j.core.loader.DataSetLoader;
import org.deeplearning4j.core.loader.MultiDataSetLoader;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.deeplearning4j.spark.data.loader.RemoteFileSourceFactory;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkgrad.gpu.cpu.OpenBlas;
import org.sparkgrad.job.ml.GpuLogisticRegression;

/**
 * Trains a {@link SparkDl4jMultiLayer} with one output layer on sparkgrad's engines, in place of DL4J's
 * ParameterAveragingTrainingMaster: softmax with MCXENT, or one sigmoid with XENT. The parameters become those that
 * {@link GpuLogisticRegression} finds for the same rows and settings, bit for bit in a network of doubles.
 *
 * <p>The configuration of the network is used: updater, learning rate and its schedule, or LBFGS; L1 and L2, seed, data
 * type, and the current parameters, at which training starts. If some settings are not supported, one exception names
 * all of them.
 *
 * <p>A fit is a complete training: the updater, the schedule and the order of batches start from the beginning. Set
 * {@code epochs} instead of calling fit in a loop. Features are not standardised; constant features get the weight 0.
 */
public final class SparkgradTrainingMaster extends RefusingMaster {
    private final GpuLogisticRegression settings;
    private final int epochs;
    private final int batchSize;
    private Collection<TrainingListener> listeners = List.of();

    private SparkgradTrainingMaster(Builder builder) {
        OpenBlas.load(); // before ND4J calls it, because ND4J's choice of kernels may give other bits
        this.settings = builder.settings;
        this.epochs = builder.epochs;
        this.batchSize = builder.batchSize;
    }

    /** The settings that networks do not have. */
    public static final class Builder {
        private final GpuLogisticRegression settings = new GpuLogisticRegression();
        private final int batchSize;
        private int epochs = 1;

        /** @param batchSize the number of rows of a step, over all workers together; LBFGS uses all rows in any case */
        public Builder(int batchSize) {
            if (batchSize < 1) {
                throw new IllegalArgumentException("batchSize is " + batchSize + ", not 1 or more");
            }
            this.batchSize = batchSize;
        }

        /** Sets the number of passes of a fit over the data; 1 by default, as in DL4J. */
        public Builder epochs(int value) {
            settings.setEpochs(value);
            epochs = value;
            return this;
        }

        /** Sets the largest number of steps of LBFGS; 100 by default. */
        public Builder maxIter(int value) {
            settings.setMaxIter(value);
            return this;
        }

        /** Sets the relative improvement of the objective below which LBFGS has converged; 1e-6 by default. */
        public Builder tol(double value) {
            settings.setTol(value);
            return this;
        }

        /** Sets the engine: auto (default), cpu, opencl or reference. */
        public Builder engine(String value) {
            settings.setEngine(value);
            return this;
        }

        /**
         * Sets the number of logical shards, a power of two; if not set, it follows from the size of data and batch.
         */
        public Builder shards(int value) {
            settings.setShards(value);
            return this;
        }

        /** Returns the master. */
        public SparkgradTrainingMaster build() {
            return new SparkgradTrainingMaster(this);
        }
    }

    @Override
    public void executeTraining(SparkDl4jMultiLayer spark, JavaRDD<DataSet> data) {
        MultiLayerNetwork network = spark.getNetwork();
        LinearNetwork linear = new LinearNetwork(network.getLayerWiseConfigurations());
        StepCount steps = steps(network, data);
        GpuLogisticRegression estimator = NetworkSettings.of(settings, linear, batchSize, steps);
        OutputLayer layer = linear.layer();
        int features = Math.toIntExact(layer.getNIn());
        int outputs = Math.toIntExact(layer.getNOut());
        estimator
                .setSeed(linear.configuration().getSeed() + network.getEpochCount())
                .setInitialModel(
                        NetworkParameters.model(network.params().toDoubleVector(), features, outputs, layer.hasBias()));
        LogisticRegressionModel model = estimator.fit(NetworkRows.of(data, features, outputs));
        double[] parameters = NetworkParameters.of(model, layer.hasBias());
        if (!Arrays.stream(parameters).allMatch(Double::isFinite)) {
            throw new IllegalArgumentException("All rows are of one class: nothing can be learned.");
        }
        network.setParams(Nd4j.createFromArray(parameters)
                .reshape(1, parameters.length)
                .castTo(network.params().dataType()));
        int states = model.summary().totalIterations();
        network.setIterationCount(
                steps.done() + (linear.isFullBatch() ? states : Math.multiplyExact(states, steps.ofAnEpoch())));
        double[] history = model.summary().objectiveHistory();
        callListeners(spark, network, history[history.length - 1]);
    }

    private StepCount steps(MultiLayerNetwork network, JavaRDD<DataSet> data) {
        long rows = data.map(set -> (long) set.numExamples()).fold(0L, Long::sum);
        int ofAnEpoch = Math.toIntExact((rows + batchSize - 1) / batchSize);
        return new StepCount(network.getIterationCount(), ofAnEpoch, epochs);
    }

    private void callListeners(SparkDl4jMultiLayer spark, MultiLayerNetwork network, double objective) {
        spark.setScore(objective);
        network.setScore(objective);
        for (TrainingListener listener : listeners) {
            listener.iterationDone(network, network.getIterationCount(), network.getEpochCount());
        }
    }

    @Override
    public void executeTrainingPaths(
            @Nullable SparkDl4jMultiLayer network,
            @Nullable SparkComputationGraph graph,
            JavaRDD<String> paths,
            DataSetLoader loader,
            MultiDataSetLoader multiLoader) {
        if (network == null) {
            throw graphs();
        }
        Broadcast<SerializableHadoopConfig> files = JavaSparkContext.fromSparkContext(paths.context())
                .broadcast(new SerializableHadoopConfig(paths.context().hadoopConfiguration()));
        executeTraining(network, paths.map(path -> loader.load(new RemoteFileSourceFactory(files).getSource(path))));
    }

    /** Sets the listeners, which are called once at the end of each fit. */
    @Override
    public void setListeners(Collection<TrainingListener> values) {
        listeners = List.copyOf(values);
    }
}

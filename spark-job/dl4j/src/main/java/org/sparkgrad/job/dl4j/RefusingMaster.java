package org.sparkgrad.job.dl4j;

import java.util.Collection;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.core.storage.StatsStorageRouter;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.deeplearning4j.spark.api.TrainingHook;
import org.deeplearning4j.spark.api.TrainingMaster;
import org.deeplearning4j.spark.api.TrainingResult;
import org.deeplearning4j.spark.api.TrainingWorker;
import org.deeplearning4j.spark.api.stats.SparkTrainingStats;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * The methods of DL4J's interface that have no meaning when sparkgrad's workers compute. They throw an
 * exception that names the feature, or do nothing.
 */
abstract class RefusingMaster implements TrainingMaster<TrainingResult, TrainingWorker<TrainingResult>> {
    private static UnsupportedOperationException refused(String what) {
        return new UnsupportedOperationException("SparkgradTrainingMaster has no " + what);
    }

    static UnsupportedOperationException graphs() {
        return refused("computation graphs: it trains a SparkDl4jMultiLayer of one output layer");
    }

    @Override
    public void executeTraining(SparkComputationGraph graph, JavaRDD<DataSet> data) {
        throw graphs();
    }

    @Override
    public void executeTrainingMDS(SparkComputationGraph graph, JavaRDD<MultiDataSet> data) {
        throw graphs();
    }

    @Override
    public TrainingWorker<TrainingResult> getWorkerInstance(SparkDl4jMultiLayer network) {
        throw refused("workers of DL4J's");
    }

    @Override
    public TrainingWorker<TrainingResult> getWorkerInstance(SparkComputationGraph graph) {
        throw graphs();
    }

    @Override
    public void addHook(TrainingHook hook) {
        throw refused("workers of DL4J's to hook into");
    }

    @Override
    public void removeHook(TrainingHook hook) {
        // there are no hooks
    }

    @Override
    public void setCollectTrainingStats(boolean collect) {
        if (collect) {
            throw refused("statistics of DL4J's workers");
        }
    }

    @Override
    public boolean getIsCollectTrainingStats() {
        return false;
    }

    @Override
    public @Nullable SparkTrainingStats getTrainingStats() {
        return null;
    }

    @Override
    public void setListeners(StatsStorageRouter router, Collection<TrainingListener> listeners) {
        throw refused("statistics of DL4J's workers to route");
    }

    @Override
    public String toJson() {
        throw refused("form in JSON");
    }

    @Override
    public String toYaml() {
        throw refused("form in YAML");
    }

    @Override
    public boolean deleteTempFiles(JavaSparkContext spark) {
        return true; // there are no files
    }

    @Override
    public boolean deleteTempFiles(SparkContext spark) {
        return true; // there are no files
    }
}

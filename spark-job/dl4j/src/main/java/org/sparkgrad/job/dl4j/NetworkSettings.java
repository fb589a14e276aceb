package org.sparkgrad.job.dl4j;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.param.ParamMap;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.linalg.api.buffer.DataType;
import org.sparkgrad.job.ml.GpuLogisticRegression;

/** Converts the configuration of a network to parameters of the estimator. */
final class NetworkSettings {
    private NetworkSettings() {}

    /**
     * Returns an estimator for the network.
     *
     * @param settings the settings that a network does not have
     * @param batchSize the number of rows of a step of a mini-batch method
     * @param steps the steps for the schedule
     * @throws DL4JInvalidConfigException with every reason why the network cannot be trained
     */
    static GpuLogisticRegression of(
            GpuLogisticRegression settings, LinearNetwork network, int batchSize, StepCount steps) {
        List<String> problems = new ArrayList<>(network.problems());
        GpuLogisticRegression estimator = settings.copy(ParamMap.empty());
        OutputLayer layer = network.outputLayer();
        if (layer != null && network.isFullBatch()) {
            estimator.setOptimizer("lbfgs");
        } else if (layer != null) {
            UpdaterSettings.set(
                    estimator.setBatchSize(batchSize).setTol(0), layer.getIUpdater(), network.l1(), steps, problems);
        }
        if (layer == null || !problems.isEmpty()) {
            throw new DL4JInvalidConfigException(
                    "sparkgrad cannot train this network:\n- " + String.join("\n- ", problems));
        }
        double penalty = network.l1() + network.l2();
        return estimator
                .setFamily(network.isSoftmax() ? "multinomial" : "binomial")
                .setFitIntercept(layer.hasBias())
                .setStandardization(false)
                .setRegParam(penalty)
                .setElasticNetParam(penalty == 0 ? 0 : network.l1() / penalty)
                .setPrecision(network.dataType() == DataType.DOUBLE ? "double" : "float");
    }
}

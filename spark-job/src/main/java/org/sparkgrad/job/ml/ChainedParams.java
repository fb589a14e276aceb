package org.sparkgrad.job.ml;

import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.ml.linalg.Vector;

/** MLlib's setters as ones that {@link GpuLogisticRegression}'s own can follow; what they set is MLlib's. */
abstract class ChainedParams extends TrainingParams {
    private static final long serialVersionUID = 1L;

    ChainedParams(String uid) {
        super(uid);
    }

    private GpuLogisticRegression self() {
        return (GpuLogisticRegression) this;
    }

    @Override
    public GpuLogisticRegression setRegParam(double value) {
        super.setRegParam(value);
        return self();
    }

    @Override
    public GpuLogisticRegression setElasticNetParam(double value) {
        super.setElasticNetParam(value);
        return self();
    }

    @Override
    public GpuLogisticRegression setMaxIter(int value) {
        super.setMaxIter(value);
        return self();
    }

    @Override
    public GpuLogisticRegression setTol(double value) {
        super.setTol(value);
        return self();
    }

    @Override
    public GpuLogisticRegression setFitIntercept(boolean value) {
        super.setFitIntercept(value);
        return self();
    }

    @Override
    public GpuLogisticRegression setFamily(String value) {
        super.setFamily(value);
        return self();
    }

    @Override
    public GpuLogisticRegression setStandardization(boolean value) {
        super.setStandardization(value);
        return self();
    }

    @Override
    public GpuLogisticRegression setThreshold(double value) {
        super.setThreshold(value);
        return self();
    }

    @Override
    public GpuLogisticRegression setThresholds(double[] value) {
        super.setThresholds(value);
        return self();
    }

    @Override
    public GpuLogisticRegression setWeightCol(String value) {
        super.setWeightCol(value);
        return self();
    }

    @Override
    public GpuLogisticRegression setAggregationDepth(int value) {
        super.setAggregationDepth(value);
        return self();
    }

    @Override
    public GpuLogisticRegression setMaxBlockSizeInMB(double value) {
        super.setMaxBlockSizeInMB(value);
        return self();
    }

    @Override
    public GpuLogisticRegression setLowerBoundsOnCoefficients(Matrix value) {
        super.setLowerBoundsOnCoefficients(value);
        return self();
    }

    @Override
    public GpuLogisticRegression setUpperBoundsOnCoefficients(Matrix value) {
        super.setUpperBoundsOnCoefficients(value);
        return self();
    }

    @Override
    public GpuLogisticRegression setLowerBoundsOnIntercepts(Vector value) {
        super.setLowerBoundsOnIntercepts(value);
        return self();
    }

    @Override
    public GpuLogisticRegression setUpperBoundsOnIntercepts(Vector value) {
        super.setUpperBoundsOnIntercepts(value);
        return self();
    }

    @Override
    public GpuLogisticRegression setLabelCol(String value) {
        super.setLabelCol(value);
        return self();
    }

    @Override
    public GpuLogisticRegression setFeaturesCol(String value) {
        super.setFeaturesCol(value);
        return self();
    }

    @Override
    public GpuLogisticRegression setPredictionCol(String value) {
        super.setPredictionCol(value);
        return self();
    }

    @Override
    public GpuLogisticRegression setProbabilityCol(String value) {
        super.setProbabilityCol(value);
        return self();
    }

    @Override
    public GpuLogisticRegression setRawPredictionCol(String value) {
        super.setRawPredictionCol(value);
        return self();
    }
}

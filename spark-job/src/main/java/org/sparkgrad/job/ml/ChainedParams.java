package org.sparkgrad.job.ml;

import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.ml.linalg.Vector;
import org.sparkgrad.job.ml.params.TrainingParams;

/**
 * MLlib's setters with the estimator's own type as return type, so that its own setters can follow in a chain.
 *
 * @param <E> the type of the estimator
 */
abstract class ChainedParams<E extends TrainingParams> extends TrainingParams {
    private static final long serialVersionUID = 1L;

    ChainedParams(String uid) {
        super(uid);
    }

    /** Returns this. */
    abstract E self();

    @Override
    public E setRegParam(double value) {
        super.setRegParam(value);
        return self();
    }

    @Override
    public E setElasticNetParam(double value) {
        super.setElasticNetParam(value);
        return self();
    }

    @Override
    public E setMaxIter(int value) {
        super.setMaxIter(value);
        return self();
    }

    @Override
    public E setTol(double value) {
        super.setTol(value);
        return self();
    }

    @Override
    public E setFitIntercept(boolean value) {
        super.setFitIntercept(value);
        return self();
    }

    @Override
    public E setFamily(String value) {
        super.setFamily(value);
        return self();
    }

    @Override
    public E setStandardization(boolean value) {
        super.setStandardization(value);
        return self();
    }

    @Override
    public E setThreshold(double value) {
        super.setThreshold(value);
        return self();
    }

    @Override
    public E setThresholds(double[] value) {
        super.setThresholds(value);
        return self();
    }

    @Override
    public E setWeightCol(String value) {
        super.setWeightCol(value);
        return self();
    }

    @Override
    public E setAggregationDepth(int value) {
        super.setAggregationDepth(value);
        return self();
    }

    @Override
    public E setMaxBlockSizeInMB(double value) {
        super.setMaxBlockSizeInMB(value);
        return self();
    }

    @Override
    public E setLowerBoundsOnCoefficients(Matrix value) {
        super.setLowerBoundsOnCoefficients(value);
        return self();
    }

    @Override
    public E setUpperBoundsOnCoefficients(Matrix value) {
        super.setUpperBoundsOnCoefficients(value);
        return self();
    }

    @Override
    public E setLowerBoundsOnIntercepts(Vector value) {
        super.setLowerBoundsOnIntercepts(value);
        return self();
    }

    @Override
    public E setUpperBoundsOnIntercepts(Vector value) {
        super.setUpperBoundsOnIntercepts(value);
        return self();
    }

    @Override
    public E setLabelCol(String value) {
        super.setLabelCol(value);
        return self();
    }

    @Override
    public E setFeaturesCol(String value) {
        super.setFeaturesCol(value);
        return self();
    }

    @Override
    public E setPredictionCol(String value) {
        super.setPredictionCol(value);
        return self();
    }

    @Override
    public E setProbabilityCol(String value) {
        super.setProbabilityCol(value);
        return self();
    }

    @Override
    public E setRawPredictionCol(String value) {
        super.setRawPredictionCol(value);
        return self();
    }
}

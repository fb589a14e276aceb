package org.sparkgrad.job.spark.version;

import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.evaluation.Evaluator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.ValidatorParams;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;
import scala.Tuple4;

/** A reader of the files of Spark's writers for validators. */
public abstract class SavedValidator<T> extends MLReader<T> {
    /** Returns metadata, estimator, evaluator and parameter maps of the saved validator of a class. */
    protected final Tuple4<DefaultParamsReader.Metadata, ? extends Estimator<?>, Evaluator, ParamMap[]> saved(
            String path, Class<?> type) {
        return ValidatorParams.loadImpl(path, sc(), type.getName());
    }
}

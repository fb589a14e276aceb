package org.sparkgrad.job.ml;

import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.evaluation.Evaluator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.Params;
import org.sparkgrad.job.spark.version.SavedValidator;
import scala.Option;
import scala.collection.JavaConverters;

/** Reads the files of Spark's writers for validators. Spark's own readers accept only Spark's classes. */
final class ValidatorReader<T extends Params, V extends T> extends SavedValidator<T> {
    /** The parameters that are saved in separate files. */
    private static final String ELSEWHERE = "estimatorParamMaps";

    private final Class<V> type;
    private final Maker<V> maker;

    /** Creates a validator. */
    @FunctionalInterface
    interface Maker<V> {
        /** Returns a validator with the uid and the three parameters that are not plain values. */
        V make(String uid, Estimator<?> estimator, Evaluator evaluator, ParamMap[] paramMaps);
    }

    ValidatorReader(Class<V> type, Maker<V> maker) {
        this.type = type;
        this.maker = maker;
    }

    @Override
    public T load(String path) {
        var saved = saved(path, type);
        V validator = maker.make(saved._1().uid(), saved._2(), saved._3(), saved._4());
        saved._1()
                .getAndSetParams(
                        validator,
                        Option.apply(JavaConverters.asScalaBuffer(java.util.List.of(ELSEWHERE))
                                .toList()));
        return validator;
    }
}

package org.sparkgrad.job.ml;

import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.evaluation.Evaluator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.tuning.ValidatorParams;
import org.apache.spark.ml.util.MLReader;
import scala.Option;
import scala.collection.JavaConverters;

/** Reads what Spark's writers of validators write; Spark's own readers take no class but theirs. */
final class ValidatorReader<T extends Params, V extends T> extends MLReader<T> {
    /** Params that are in files of their own. */
    private static final String ELSEWHERE = "estimatorParamMaps";

    private final Class<V> type;
    private final Maker<V> maker;

    /** Makes a validator. */
    @FunctionalInterface
    interface Maker<V> {
        /** Returns one of the name and the three params that are no plain values. */
        V make(String uid, Estimator<?> estimator, Evaluator evaluator, ParamMap[] paramMaps);
    }

    ValidatorReader(Class<V> type, Maker<V> maker) {
        this.type = type;
        this.maker = maker;
    }

    @Override
    public T load(String path) {
        var saved = ValidatorParams.loadImpl(path, sc(), type.getName());
        V validator = maker.make(saved._1().uid(), saved._2(), saved._3(), saved._4());
        saved._1()
                .getAndSetParams(
                        validator,
                        Option.apply(JavaConverters.asScalaBuffer(java.util.List.of(ELSEWHERE))
                                .toList()));
        return validator;
    }
}

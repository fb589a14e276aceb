package org.sparkgrad.job.ml;

import java.util.function.Function;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;

/**
 * Reads a saved estimator, or an estimator with the parameters of a saved LogisticRegression of MLlib.
 *
 * @param <E> the type of the estimator
 */
final class EstimatorReader<E extends LogisticRegression> extends MLReader<LogisticRegression> {
    private final Class<E> type;
    private final Function<String, E> maker;

    /** @param maker creates an estimator with a uid */
    EstimatorReader(Class<E> type, Function<String, E> maker) {
        this.type = type;
        this.maker = maker;
    }

    @Override
    public E load(String path) {
        Params saved = new DefaultParamsReader<Params>().load(path);
        if (type.isInstance(saved)) {
            return type.cast(saved);
        }
        if (saved instanceof LogisticRegression stock) {
            return stock.copyValues(maker.apply(stock.uid()), ParamMap.empty());
        }
        throw new IllegalArgumentException("%s holds a %s, not a LogisticRegression"
                .formatted(path, saved.getClass().getSimpleName()));
    }
}

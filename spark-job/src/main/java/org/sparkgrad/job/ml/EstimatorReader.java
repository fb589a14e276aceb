package org.sparkgrad.job.ml;

import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;

/** Reads a saved {@link GpuLogisticRegression}, or one with the parameters of a saved LogisticRegression. */
final class EstimatorReader extends MLReader<LogisticRegression> {
    @Override
    public GpuLogisticRegression load(String path) {
        Params saved = new DefaultParamsReader<Params>().load(path);
        if (saved instanceof GpuLogisticRegression estimator) {
            return estimator;
        }
        if (saved instanceof LogisticRegression stock) {
            return stock.copyValues(new GpuLogisticRegression(stock.uid()), ParamMap.empty());
        }
        throw new IllegalArgumentException("%s holds a %s, not a LogisticRegression"
                .formatted(path, saved.getClass().getSimpleName()));
    }
}

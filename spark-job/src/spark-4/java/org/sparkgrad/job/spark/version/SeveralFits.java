package org.sparkgrad.job.spark.version;

import java.util.List;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import scala.collection.JavaConverters;
import scala.collection.immutable.Seq;

/** MLlib's estimator, whose fit of several parameter maps is one method with Java's lists. */
public abstract class SeveralFits extends LogisticRegression {
    private static final long serialVersionUID = 1L;

    /** @param uid the unique name */
    protected SeveralFits(String uid) {
        super(uid);
    }

    /** Returns a model for each parameter map, in order. */
    protected abstract List<LogisticRegressionModel> several(Dataset<?> dataset, List<ParamMap> paramMaps);

    /** Fits a model for each parameter map. */
    @Override
    public final Seq<LogisticRegressionModel> fit(Dataset<?> dataset, Seq<ParamMap> paramMaps) {
        return JavaConverters.asScalaBuffer(several(dataset, JavaConverters.seqAsJavaList(paramMaps)))
                .toList();
    }
}

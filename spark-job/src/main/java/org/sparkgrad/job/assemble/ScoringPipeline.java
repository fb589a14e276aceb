package org.sparkgrad.job.assemble;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.feature.IndexToString;
import org.apache.spark.ml.feature.StringIndexerModel;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.Identifiable;
import org.sparkgrad.job.read.ColumnReferences;

/**
 * A model between the stock Spark stages that lead from a training table's columns to the original labels.
 *
 * <p>Spark's stages cannot refer to columns with a dot or a backtick in their name, so a label column of such a name
 * gets no index. Neither does a column of booleans, which StringIndexerModel refuses. Only evaluators use the index;
 * its stage skips a table without labels.
 */
final class ScoringPipeline {
    /** The column of predictions, as original labels. */
    static final String PREDICTED_LABEL = "predictedLabel";

    private final ColumnReferences columns;
    private final ColumnRoles roles;
    private final LabelIndex labels;
    private final Features features;
    private final boolean indexable;

    /** @param indexable whether StringIndexerModel accepts the type of the label column */
    ScoringPipeline(
            ColumnReferences columns, ColumnRoles roles, LabelIndex labels, Features features, boolean indexable) {
        this.indexable = indexable && isPlain(roles.label());
        this.columns = columns;
        this.roles = roles;
        this.labels = labels;
        this.features = features;
    }

    /** Returns the pipeline, or the model alone if the model needs no other stage. The given model is not changed. */
    Model<?> around(LogisticRegressionModel model) {
        List<Transformer> stages = new ArrayList<>();
        LogisticRegressionModel scorer = model.copy(ParamMap.empty());
        scorer.setFeaturesCol(assemble(stages));
        ScorerNames.free(scorer, columns);
        if (labels.isIdentity()) {
            scorer.set(scorer.labelCol(), roles.label());
            stages.add(scorer);
        } else {
            scorer.set(scorer.labelCol(), indexable ? index(stages) : roles.label());
            stages.add(scorer);
            stages.add(new IndexToString()
                    .setInputCol(scorer.getPredictionCol())
                    .setOutputCol(columns.free(PREDICTED_LABEL))
                    .setLabels(labels.labels().toArray(String[]::new)));
        }
        return stages.size() == 1 ? scorer : new PipelineModel(Identifiable.randomUID("pipeline"), stages);
    }

    private String assemble(List<Transformer> stages) {
        if (!(features instanceof ColumnFeatures assembled)) {
            return features.columns().get(0);
        }
        String output = columns.free("features");
        stages.addAll(FeatureStages.of(columns, roles.features(), assembled, output));
        return output;
    }

    private String index(List<Transformer> stages) {
        String output = columns.free("labelIndex");
        stages.add(new StringIndexerModel(
                        Identifiable.randomUID("labels"), labels.texts().toArray(String[]::new))
                .setInputCol(roles.label())
                .setOutputCol(output)
                .setHandleInvalid("keep"));
        return output;
    }

    private static boolean isPlain(String name) {
        return name.indexOf('.') < 0 && name.indexOf('`') < 0;
    }
}

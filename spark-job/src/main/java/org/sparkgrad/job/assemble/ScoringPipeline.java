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
 * A model among the stock Spark stages that take it from a training table's columns to the original labels.
 *
 * <p>Spark's stages cannot name columns with a dot or a backtick: a label of such a name gets no index,
 * nor does one of booleans, which StringIndexerModel refuses. The index serves
 * evaluators alone; its stage passes over a table without labels.
 */
final class ScoringPipeline {
    /** The column of predictions as original labels. */
    static final String PREDICTED_LABEL = "predictedLabel";

    private final ColumnReferences columns;
    private final ColumnRoles roles;
    private final LabelIndex labels;
    private final Features features;
    private final boolean indexable;

    /**
     * @param indexable whether the label column is of a type that StringIndexerModel takes
     */
    ScoringPipeline(
            ColumnReferences columns, ColumnRoles roles, LabelIndex labels, Features features, boolean indexable) {
        this.indexable = indexable && isPlain(roles.label());
        this.columns = columns;
        this.roles = roles;
        this.labels = labels;
        this.features = features;
    }

    /** Returns the pipeline, or the model alone where it needs no other stage; the model given stays as it is. */
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

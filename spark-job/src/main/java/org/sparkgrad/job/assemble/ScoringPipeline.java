package org.sparkgrad.job.assemble;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.feature.IndexToString;
import org.apache.spark.ml.feature.SQLTransformer;
import org.apache.spark.ml.feature.StringIndexerModel;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.Identifiable;

/**
 * A model among the stock Spark stages that take it from a training table's columns to the original labels.
 *
 * <p>Spark's stages cannot name columns with a dot or a backtick: features of such names get a copy first, and a label of
 * such a name no index. The index serves evaluators alone; its stage passes over a table without labels.
 */
final class ScoringPipeline {
    /** The column of predictions as original labels. */
    static final String PREDICTED_LABEL = "predictedLabel";

    private final ColumnReferences columns;
    private final ColumnRoles roles;
    private final LabelIndex labels;

    ScoringPipeline(ColumnReferences columns, ColumnRoles roles, LabelIndex labels) {
        this.columns = columns;
        this.roles = roles;
        this.labels = labels;
    }

    /** Returns the pipeline, or the model alone where it needs no other stage; the model given stays as it is. */
    Model<?> around(LogisticRegressionModel model) {
        List<Transformer> stages = new ArrayList<>();
        LogisticRegressionModel scorer = model.copy(ParamMap.empty());
        scorer.setFeaturesCol(roles.vector() ? roles.features().get(0) : assemble(stages));
        if (labels.isIdentity()) {
            scorer.set(scorer.labelCol(), roles.label());
            stages.add(scorer);
        } else {
            if (isPlain(roles.label())) {
                scorer.set(scorer.labelCol(), index(stages));
            }
            stages.add(scorer);
            stages.add(new IndexToString()
                    .setInputCol(scorer.getPredictionCol())
                    .setOutputCol(columns.free(PREDICTED_LABEL))
                    .setLabels(labels.labels().toArray(String[]::new)));
        }
        return stages.size() == 1 ? scorer : new PipelineModel(Identifiable.randomUID("pipeline"), stages);
    }

    private String assemble(List<Transformer> stages) {
        List<String> inputs = new ArrayList<>(roles.features());
        List<Integer> renamed = IntStream.range(0, inputs.size())
                .filter(feature -> !isPlain(inputs.get(feature)))
                .boxed()
                .toList();
        if (!renamed.isEmpty()) {
            String copies = renamed.stream()
                    .map(feature -> {
                        String copy = columns.free("feature_" + feature);
                        return ColumnReferences.quoted(inputs.set(feature, copy)) + " AS " + copy;
                    })
                    .collect(Collectors.joining(", "));
            stages.add(new SQLTransformer().setStatement("SELECT *, " + copies + " FROM __THIS__"));
        }
        String output = columns.free("features");
        stages.add(new VectorAssembler()
                .setInputCols(inputs.toArray(String[]::new))
                .setOutputCol(output));
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

package org.sparkgrad.job.ml.grid;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.SerializableWritable;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.evaluation.Evaluator;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.sparkgrad.job.ml.dataset.Folds;
import org.sparkgrad.job.ml.grid.EvaluatorColumns.Output;
import org.sparkgrad.job.spark.JavaSerialized;
import org.sparkgrad.job.spark.JobScope;
import scala.Option;

/**
 * The scores of the models of all folds on the rows that they left out, computed in one pass over these rows, without
 * the features. So the validation of many models reads few columns. Only for evaluators that are known to read no other
 * columns.
 */
final class FoldScores implements AutoCloseable {
    private static final String FOLD = "fold";
    private static final String ROW = "row";

    private final Dataset<Row> scores;
    private final EvaluatorColumns read;
    private final Broadcast<?> models;

    private FoldScores(Dataset<Row> scores, EvaluatorColumns read, Broadcast<?> models) {
        this.scores = scores;
        this.read = read;
        this.models = models;
    }

    /**
     * Returns the scores, which the first evaluation computes; empty if the evaluator may read more columns, or if a
     * model has one class: an evaluator may refuse the size that its outputs have in the schema.
     *
     * @param models the models by fold and setting, with the parameters for scoring; null for a fold that is not scored
     */
    static Optional<FoldScores> of(
            Dataset<?> dataset, Folds folds, LogisticRegressionModel[][] models, Evaluator evaluator) {
        List<LogisticRegressionModel> all = Arrays.stream(models)
                .filter(Objects::nonNull)
                .flatMap(Arrays::stream)
                .toList();
        if (all.stream().anyMatch(model -> model.numClasses() < 2)) {
            return Optional.empty();
        }
        return EvaluatorColumns.of(evaluator, all, Arrays.asList(dataset.columns()))
                .map(columns -> open(dataset, folds, models, columns));
    }

    private static FoldScores open(
            Dataset<?> dataset, Folds folds, LogisticRegressionModel[][] models, EvaluatorColumns read) {
        StructType schema = new StructType().add(FOLD, DataTypes.IntegerType);
        List<Column> columns = new ArrayList<>(List.of(folds.of(), functions.col(read.features())));
        for (int i = 0; i < read.ofRows().size(); i++) {
            String column = read.ofRows().get(i);
            columns.add(functions.col(column));
            schema = schema.add(ROW + i, dataset.schema().apply(column).dataType());
        }
        int settings = Arrays.stream(models)
                .filter(Objects::nonNull)
                .mapToInt(ofFold -> ofFold.length)
                .max()
                .orElse(0);
        for (int p = 0; p < settings; p++) {
            for (Output output : read.ofModels()) {
                schema = schema.add(name(p, output), output.kind().type());
            }
        }
        Broadcast<SerializableWritable<JavaSerialized<LogisticRegressionModel[][]>>> sent =
                JavaSparkContext.fromSparkContext(dataset.sparkSession().sparkContext())
                        .broadcast(JavaSerialized.of(models));
        List<EvaluatorColumns.Kind> kinds =
                read.ofModels().stream().map(Output::kind).toList();
        Object[] scored = IntStream.range(0, models.length)
                .filter(fold -> models[fold] != null)
                .boxed()
                .toArray();
        JavaRDD<Row> rows = dataset.filter(folds.of().isin(scored))
                .select(columns.toArray(Column[]::new))
                .toJavaRDD()
                .map(row -> score(row, JavaSerialized.value(sent.value())[row.getInt(0)], kinds));
        Dataset<Row> scores =
                dataset.sparkSession().createDataFrame(rows, schema).persist(StorageLevel.MEMORY_AND_DISK());
        return new FoldScores(scores, read, sent);
    }

    private static Row score(Row row, LogisticRegressionModel[] models, List<EvaluatorColumns.Kind> kinds) {
        List<Object> values = new ArrayList<>();
        values.add(row.get(0));
        for (int i = 2; i < row.size(); i++) {
            values.add(row.get(i));
        }
        for (LogisticRegressionModel model : models) {
            Vector raw = model.predictRaw(row.getAs(1));
            kinds.forEach(kind -> values.add(kind.of(model, raw)));
        }
        return RowFactory.create(values.toArray());
    }

    private static String name(int setting, Output output) {
        return output.kind() + "_" + setting;
    }

    /** Returns a model for scoring only, without the other results of its training. */
    static LogisticRegressionModel bare(LogisticRegressionModel model) {
        model.setSummary(Option.empty());
        return model;
    }

    /** Returns the columns that an evaluator reads, for the model of a setting and the rows of a fold. */
    Dataset<Row> of(int fold, int setting) {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < read.ofRows().size(); i++) {
            columns.add(functions.col(ROW + i).as(read.ofRows().get(i)));
        }
        for (Output output : read.ofModels()) {
            columns.add(functions.col(name(setting, output)).as(output.column()));
        }
        return scores.filter(functions.col(FOLD).equalTo(fold)).select(columns.toArray(Column[]::new));
    }

    /** Drops the scores. */
    @Override
    public void close() {
        JobScope.uninterrupted(() -> {
            scores.unpersist();
            models.destroy();
        });
    }
}

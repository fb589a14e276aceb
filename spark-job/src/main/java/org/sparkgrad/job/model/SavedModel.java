package org.sparkgrad.job.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.feature.IndexToString;
import org.apache.spark.ml.feature.StringIndexerModel;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.job.assemble.ColumnTypes;
import org.sparkgrad.job.problem.JobException;
import org.sparkgrad.job.read.ExpectedColumns;

/**
 * A model that Spark has saved: stages that create a features vector, a logistic or softmax regression over this
 * vector, and the original labels. Scoring uses Spark's stages only.
 */
public final class SavedModel {
    private static final double HALF = 0.5;
    private static final String INVALID = "handleInvalid";

    private final String path;
    private final List<Transformer> before;
    private final LogisticRegressionModel scorer;
    private final List<String> labels;
    private final String labelColumn;

    private SavedModel(String path, List<Transformer> stages) {
        this.path = path;
        int place = IntStream.range(0, stages.size())
                .filter(stage -> stages.get(stage) instanceof LogisticRegressionModel)
                .findFirst()
                .orElseThrow(() -> JobException.data("The pipeline at " + path + " has the stages "
                        + stages.stream()
                                .map(stage -> stage.getClass().getSimpleName())
                                .toList()
                        + "; a LogisticRegressionModel is expected among them."));
        this.scorer = (LogisticRegressionModel) stages.get(place);
        this.before = stages.subList(0, place).stream()
                .filter(stage -> !isLabelIndexer(stage))
                .toList();
        this.labelColumn = stages.stream()
                .filter(this::isLabelIndexer)
                .map(stage -> ((StringIndexerModel) stage).getInputCol())
                .findFirst()
                .orElse(scorer.getLabelCol());
        this.labels = labels(stages.subList(place + 1, stages.size()));
        if (labels.size() != scorer.numClasses()) {
            throw JobException.data("The model at " + path + " is damaged: it has " + scorer.numClasses()
                    + " classes and the labels " + String.join(", ", labels) + ".");
        }
    }

    /**
     * Loads a LogisticRegressionModel, or a PipelineModel that contains one.
     *
     * @throws JobException if the model is missing, damaged or of another kind
     */
    public static SavedModel load(SparkSession spark, String path) {
        List<Transformer> stages = new ArrayList<>();
        flatten(ModelFolder.read(spark, path), stages);
        return new SavedModel(path, stages);
    }

    private static void flatten(Transformer model, List<Transformer> stages) {
        if (model instanceof PipelineModel pipeline) {
            Arrays.stream(pipeline.stages()).forEach(stage -> flatten(stage, stages));
        } else {
            stages.add(model);
        }
    }

    private boolean isLabelIndexer(Transformer stage) {
        return stage instanceof StringIndexerModel indexer
                && indexer.isDefined(indexer.outputCol())
                && indexer.getOutputCol().equals(scorer.getLabelCol());
    }

    private static boolean leavesRowsOut(Transformer stage) {
        return stage.hasParam(INVALID) && "skip".equals(stage.getOrDefault(stage.getParam(INVALID)));
    }

    private List<String> labels(List<Transformer> after) {
        for (Transformer stage : after) {
            if (stage instanceof IndexToString names
                    && names.getInputCol().equals(scorer.getPredictionCol())
                    && names.isDefined(names.labels())) {
                return List.of(names.getLabels());
            }
        }
        return IntStream.range(0, scorer.numClasses())
                .mapToObj(Integer::toString)
                .toList();
    }

    /** Returns the path from which the model was loaded. */
    public String path() {
        return path;
    }

    /** Returns the original label of each class. */
    public List<String> labels() {
        return labels;
    }

    /** Returns the label column of the training table. */
    public String labelColumn() {
        return labelColumn;
    }

    /** Returns F. */
    public int features() {
        return scorer.numFeatures();
    }

    /** Returns the names of the F features, as in a training; empty if the stages do not contain them. */
    Optional<List<String>> featureNames() {
        return FeatureNames.of(before, scorer.getFeaturesCol(), features());
    }

    /** Returns the stage that scores. */
    public LogisticRegressionModel scorer() {
        return scorer;
    }

    /** Returns whether the prediction is the most probable class. Otherwise thresholds decide. */
    public boolean predictsTheLikeliest() {
        boolean hasThresholds = scorer.isSet(scorer.thresholds()) || scorer.isSet(scorer.threshold());
        return !hasThresholds || (scorer.numClasses() == 2 && scorer.getThreshold() == HALF);
    }

    /** Returns the K x (F + 1) coefficients over original features, K = 1 for a binomial model. */
    public Coefficients coefficients() {
        Matrix matrix = scorer.coefficientMatrix();
        int outputs = matrix.numRows();
        int row = features() + 1;
        double[] values = new double[outputs * row];
        for (int k = 0; k < outputs; k++) {
            for (int j = 0; j < features(); j++) {
                values[k * row + j] = matrix.apply(k, j);
            }
            values[k * row + features()] = scorer.interceptVector().apply(k);
        }
        return new Coefficients(outputs, features(), values);
    }

    /** Returns the columns that the stages expect in a table. */
    public ExpectedColumns expected() {
        StageColumns columns = new StageColumns(before);
        return new ExpectedColumns(features(), columns.texts(), columns.numbers());
    }

    /**
     * Returns the table with other names for those columns whose names a stage uses for its output, such as "features".
     */
    public RenamedColumns apart(Dataset<Row> table) {
        return RenamedColumns.of(table, new StageColumns(before).made());
    }

    /** Returns whether {@link #assembled} drops rows with a missing value. */
    public boolean leavesRowsOut() {
        return before.stream().anyMatch(SavedModel::leavesRowsOut);
    }

    /**
     * Returns the table with the features column for {@link #scorer}.
     *
     * @throws JobException if columns are missing or have the wrong type or width
     */
    public Dataset<Row> assembled(Dataset<Row> table) {
        return new ModelFit(path, scorer).through(before, table).checked();
    }

    /**
     * Returns the columns of numbers that are the features; empty if the stages do more than put such columns side by
     * side and refuse missing numbers.
     *
     * @param table a table that {@link #assembled} accepts
     */
    public Optional<NumberFeatures> numbers(Dataset<Row> table) {
        return before.size() == 1
                        && before.get(0) instanceof VectorAssembler assembler
                        && assembler.getOutputCol().equals(scorer.getFeaturesCol())
                        && assembler.getHandleInvalid().equals("error")
                        && Stream.of(assembler.getInputCols())
                                .allMatch(name -> ColumnTypes.isNumber(
                                        table.schema().apply(name).dataType()))
                ? Optional.of(new NumberFeatures(List.of(assembler.getInputCols())))
                : Optional.empty();
    }

    /**
     * Returns every row of the table with the scores of {@link #scorer}: the index of the predicted label, then the
     * probability of each label; null for a row that {@link #assembled} would drop.
     *
     * @param column the name of the added column, of arrays
     * @throws JobException as above
     */
    public Dataset<Row> scored(Dataset<Row> table, String column) {
        List<Transformer> keeping = before.stream()
                .map(stage -> leavesRowsOut(stage) ? keeping(stage) : stage)
                .toList();
        return RowScores.add(new ModelFit(path, scorer).through(keeping, table), scorer, column);
    }

    private static Transformer keeping(Transformer stage) {
        Transformer copy = stage.copy(ParamMap.empty());
        copy.set(copy.getParam(INVALID), "keep");
        return copy;
    }
}

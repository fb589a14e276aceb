package org.sparkgrad.job.ml;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.evaluation.BinaryClassificationEvaluator;
import org.apache.spark.ml.evaluation.Evaluator;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.ml.tuning.TrainValidationSplit;
import org.apache.spark.ml.tuning.TrainValidationSplitModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkgrad.job.TestSpark;
import org.sparkgrad.job.ml.LearningProblem.Penalty;
import org.sparkgrad.job.ml.grid.GridValidation;

/** Validators against MLlib's own, over the same estimator. */
class GpuValidatorsTest {
    private static final LearningProblem BINARY = new LearningProblem(2, false, true, true, Penalty.L2, true, false);

    private final SparkSession spark = TestSpark.session("local[2]");

    private final GpuLogisticRegression estimator = new GpuLogisticRegression()
            .setEngine("cpu")
            .setPrecision("double")
            .setWeightCol("weight")
            .setTol(1e-9)
            .setMaxIter(200);

    private final ParamMap[] settings = new ParamGridBuilder()
            .addGrid(estimator.regParam(), new double[] {1, 0.01, 0.1})
            .addGrid(estimator.elasticNetParam(), new double[] {0, 0.5})
            .build();

    @TempDir
    private Path folder;

    private <V extends CrossValidator> V configured(V validator) {
        validator
                .setEstimator(estimator)
                .setEstimatorParamMaps(settings)
                .setEvaluator(new BinaryClassificationEvaluator())
                .setSeed(7);
        return validator;
    }

    private <V extends TrainValidationSplit> V configured(V validator) {
        validator
                .setEstimator(estimator)
                .setEstimatorParamMaps(settings)
                .setEvaluator(new BinaryClassificationEvaluator())
                .setSeed(7);
        return validator;
    }

    private static LogisticRegressionModel regression(CrossValidatorModel model) {
        return (LogisticRegressionModel) model.bestModel();
    }

    private static void assertSame(LogisticRegressionModel expected, LogisticRegressionModel actual) {
        assertArrayEquals(
                expected.coefficientMatrix().toArray(),
                actual.coefficientMatrix().toArray(),
                1e-6);
        assertArrayEquals(
                expected.interceptVector().toArray(), actual.interceptVector().toArray(), 1e-6);
        assertEquals(expected.getRegParam(), actual.getRegParam());
        assertEquals(expected.getElasticNetParam(), actual.getElasticNetParam());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void crossValidationIsMllibs(boolean givenFolds) {
        Dataset<Row> dataset = BINARY.dataset(spark).withColumn("part", functions.expr("abs(hash(features)) % 4"));
        CrossValidator stock = configured(new CrossValidator()).setNumFolds(4);
        GpuCrossValidator ours = configured(new GpuCrossValidator()).setNumFolds(4);
        if (givenFolds) {
            stock.setFoldCol("part");
            ours.setFoldCol("part");
        }
        CrossValidatorModel expected = stock.setCollectSubModels(true).fit(dataset);
        CrossValidatorModel actual =
                ours.setCollectSubModels(true).setParallelism(2).fit(dataset);
        assertArrayEquals(expected.avgMetrics(), actual.avgMetrics(), 1e-6);
        assertSame(regression(expected), regression(actual));
        for (int fold = 0; fold < 4; fold++) {
            for (int p = 0; p < settings.length; p++) {
                LogisticRegressionModel theirs = (LogisticRegressionModel) expected.subModels()[fold][p];
                LogisticRegressionModel model = (LogisticRegressionModel) actual.subModels()[fold][p];
                assertSame(theirs, model);
                double[] history = model.summary().objectiveHistory();
                assertEquals(history.length - 1, model.summary().totalIterations());
                assertEquals(theirs.summary().objectiveHistory()[0], history[0], 1e-9);
            }
        }
        assertEquals(
                expected.transform(dataset).select("prediction").collectAsList(),
                actual.transform(dataset).select("prediction").collectAsList());
        dataset.unpersist();
    }

    /** 6 settings x 3 folds and the last fit: the rows are read once, and shuffled once. */
    @Test
    void theDataAreReadOnce() {
        List<Row> rows = BINARY.rows();
        LongAccumulator read = spark.sparkContext().longAccumulator();
        Dataset<Row> source = spark.createDataFrame(rows, BINARY.dataset(spark).schema());
        Dataset<Row> counted = spark.createDataFrame(
                source.toJavaRDD().map(row -> {
                    read.add(1);
                    return row;
                }),
                source.schema());
        configured(new GpuCrossValidator()).fit(counted);
        assertEquals(rows.size(), read.value());
        read.reset();
        configured(new CrossValidator()).fit(counted);
        assertTrue(read.value() > 3L * rows.size());
    }

    @Test
    void aSplitIsMllibs() {
        Dataset<Row> dataset = BINARY.dataset(spark);
        TrainValidationSplitModel expected =
                configured(new TrainValidationSplit()).setTrainRatio(0.6).fit(dataset);
        GpuTrainValidationSplit ours =
                configured(new GpuTrainValidationSplit()).setTrainRatio(0.6).setCollectSubModels(true);
        TrainValidationSplitModel actual = ours.fit(dataset);
        assertArrayEquals(expected.validationMetrics(), actual.validationMetrics(), 1e-6);
        assertSame((LogisticRegressionModel) expected.bestModel(), (LogisticRegressionModel) actual.bestModel());
        assertEquals(settings.length, actual.subModels().length);
        dataset.unpersist();
    }

    /** What an evaluator reads of models is kept without the features; what is no output of theirs is not. */
    @ParameterizedTest
    @ValueSource(strings = {"logLoss", "weightedFMeasure", "probability", "feature"})
    void everyEvaluatorReadsWhatMllibGivesIt(String read) {
        estimator.setThreshold(0.4).setRawPredictionCol("margins");
        Dataset<Row> dataset = BINARY.dataset(spark).withColumn("feature", functions.expr("double(hash(weight))"));
        Evaluator evaluator = read.equals("probability") || read.equals("feature")
                ? new BinaryClassificationEvaluator().setRawPredictionCol(read).setWeightCol("weight")
                : new MulticlassClassificationEvaluator().setMetricName(read).setWeightCol("weight");
        CrossValidatorModel expected =
                configured(new CrossValidator()).setEvaluator(evaluator).fit(dataset);
        CrossValidatorModel actual =
                configured(new GpuCrossValidator()).setEvaluator(evaluator).fit(dataset);
        assertArrayEquals(expected.avgMetrics(), actual.avgMetrics(), 1e-6);
        assertSame(regression(expected), regression(actual));
        dataset.unpersist();
    }

    /** With a mini-batch method, too, whose models are fitted one after the other. */
    @ParameterizedTest
    @ValueSource(strings = {"auto", "adam"})
    void arraysAreFeaturesToo(String optimizer) {
        estimator.setOptimizer(optimizer).setEpochs(2);
        ParamMap[] two = new ParamGridBuilder()
                .addGrid(estimator.regParam(), new double[] {1, 0.01})
                .build();
        Dataset<Row> dataset = BINARY.dataset(spark);
        Dataset<Row> arrays = dataset.withColumn(
                "features", org.apache.spark.ml.functions.vector_to_array(dataset.col("features"), "float64"));
        CrossValidatorModel expected =
                configured(new GpuCrossValidator()).setEstimatorParamMaps(two).fit(dataset);
        CrossValidatorModel found =
                configured(new GpuCrossValidator()).setEstimatorParamMaps(two).fit(arrays);
        assertArrayEquals(expected.avgMetrics(), found.avgMetrics(), 1e-12); // MLlib adds areas as they arrive
        assertEquals(regression(expected).coefficients(), regression(found).coefficients());
        TrainValidationSplitModel split = configured(new GpuTrainValidationSplit())
                .setEstimatorParamMaps(two)
                .fit(arrays);
        assertEquals(two.length, split.validationMetrics().length);
        dataset.unpersist();
    }

    @Test
    void threeClassesOfWhichAFoldHasTwo() {
        LearningProblem problem = new LearningProblem(3, false, true, true, Penalty.L2, true, false);
        Dataset<Row> dataset = problem.dataset(spark)
                .withColumn("part", functions.expr("int(if(label = 2, 1, abs(hash(features)) % 3))"));
        MulticlassClassificationEvaluator accuracy = new MulticlassClassificationEvaluator().setMetricName("accuracy");
        CrossValidatorModel expected = configured(new CrossValidator())
                .setEvaluator(accuracy)
                .setFoldCol("part")
                .fit(dataset);
        CrossValidatorModel actual = configured(new GpuCrossValidator())
                .setEvaluator(accuracy)
                .setFoldCol("part")
                .fit(dataset);
        assertArrayEquals(expected.avgMetrics(), actual.avgMetrics(), 1e-6);
        dataset.unpersist();
    }

    @Test
    void rowsAreDividedByMllibsSeedWhereNoneIsGiven() {
        assertEquals(new CrossValidator().getSeed(), new GpuCrossValidator().getSeed());
        assertEquals(new TrainValidationSplit().getSeed(), new GpuTrainValidationSplit().getSeed());
    }

    @Test
    void validatorsAreSavedAndLoaded() throws IOException {
        String path = folder.resolve("cv").toString();
        configured(new GpuCrossValidator()).setNumFolds(5).save(path);
        GpuCrossValidator loaded = GpuCrossValidator.load(path);
        assertEquals(5, loaded.getNumFolds());
        assertEquals(7, loaded.getSeed());
        assertEquals(settings.length, loaded.getEstimatorParamMaps().length);
        assertInstanceOf(GpuLogisticRegression.class, loaded.getEstimator());
        String split = folder.resolve("tvs").toString();
        configured(new GpuTrainValidationSplit()).setTrainRatio(0.5).save(split);
        assertEquals(0.5, GpuTrainValidationSplit.load(split).getTrainRatio());
        String pipeline = folder.resolve("pipeline").toString();
        new Pipeline().setStages(new PipelineStage[] {loaded}).save(pipeline);
        GpuCrossValidator stage = assertInstanceOf(
                GpuCrossValidator.class, Pipeline.load(pipeline).getStages()[0]);
        Dataset<Row> dataset = BINARY.dataset(spark);
        CrossValidatorModel model = stage.copy(ParamMap.empty()).setNumFolds(2).fit(dataset);
        String fitted = folder.resolve("model").toString();
        model.save(fitted);
        assertArrayEquals(model.avgMetrics(), CrossValidatorModel.load(fitted).avgMetrics());
        dataset.unpersist();
    }

    @Test
    void whatCannotShareIsFittedAsMllibDoes() {
        Dataset<Row> dataset = BINARY.dataset(spark);
        Pipeline pipeline = new Pipeline().setStages(new PipelineStage[] {estimator});
        CrossValidatorModel expected = configured(new CrossValidator())
                .setEstimator(pipeline)
                .setNumFolds(2)
                .fit(dataset);
        CrossValidatorModel actual = configured(new GpuCrossValidator())
                .setEstimator(pipeline)
                .setNumFolds(2)
                .fit(dataset);
        assertArrayEquals(expected.avgMetrics(), actual.avgMetrics(), 1e-9);
        assertRefusal("Pipeline", pipeline);
        assertRefusal("mini-batch", estimator.copy(ParamMap.empty()).setBatchSize(32));
        assertFalse(GridValidation.refusal(estimator, settings, 3).isPresent());
        dataset.unpersist();
    }

    private void assertRefusal(String reason, Estimator<?> refused) {
        assertTrue(GridValidation.refusal(refused, settings, 3).orElseThrow().contains(reason));
    }

    @Test
    void badFoldsAreSaid() {
        Dataset<Row> dataset = BINARY.dataset(spark).withColumn("part", functions.lit(3));
        GpuCrossValidator validator = configured(new GpuCrossValidator()).setFoldCol("part");
        Exception beyond = assertThrows(Exception.class, () -> validator.fit(dataset));
        assertTrue(String.valueOf(beyond.getMessage()).contains("[0, 3)"), beyond.getMessage());
        Exception empty =
                assertThrows(Exception.class, () -> validator.setNumFolds(5).fit(dataset));
        assertTrue(String.valueOf(empty.getMessage()).contains("fold"), empty.getMessage());
        dataset.unpersist();
    }
}

package org.sparkgrad.job.ml;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.evaluation.BinaryClassificationEvaluator;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkgrad.job.TestSpark;
import org.sparkgrad.job.ml.LearningProblem.Penalty;

/** The estimator as Spark's users meet it. */
class GpuLogisticRegressionTest {
    private static final StructType SCHEMA =
            new StructType().add("label", "double").add("weight", "double").add("features", SQLDataTypes.VectorType());

    private final SparkSession spark = TestSpark.session("local[2]");

    @TempDir
    private Path folder;

    private static LearningProblem problem(int classes) {
        return new LearningProblem(classes, false, true, true, Penalty.L2, true, false);
    }

    private static GpuLogisticRegression cpu() {
        return new GpuLogisticRegression()
                .setEngine("cpu")
                .setPrecision("double")
                .setRegParam(0.01);
    }

    @Test
    void theOrderOfRowsAndPartitionsChangesNoBit() {
        List<Row> rows = new ArrayList<>(problem(3).rows());
        LogisticRegressionModel model =
                cpu().fit(spark.createDataFrame(rows, SCHEMA).coalesce(1));
        Collections.shuffle(rows, new Random(3));
        LogisticRegressionModel other =
                cpu().fit(spark.createDataFrame(rows, SCHEMA).repartition(5));
        assertEquals(model.coefficientMatrix(), other.coefficientMatrix());
        assertEquals(model.interceptVector(), other.interceptVector());
    }

    @Test
    void rowsTwiceAreWeightsDoubled() {
        List<Row> twice = new ArrayList<>(problem(2).rows());
        twice.addAll(problem(2).rows());
        Dataset<Row> once = spark.createDataFrame(problem(2).rows(), SCHEMA);
        LogisticRegressionModel model = tight().fit(spark.createDataFrame(twice, SCHEMA));
        LogisticRegressionModel doubled =
                tight().fit(once.withColumn("weight", functions.col("weight").multiply(2)));
        assertArrayEquals(model.coefficients().toArray(), doubled.coefficients().toArray(), 1e-7);
    }

    private static GpuLogisticRegression tight() {
        return cpu().setStandardization(false)
                .setWeightCol("weight")
                .setTol(1e-12)
                .setMaxIter(300);
    }

    @Test
    void aStrongL1LeavesTheInterceptAlone() {
        Dataset<Row> dataset = spark.createDataFrame(problem(2).rows(), SCHEMA);
        LogisticRegressionModel model =
                cpu().setRegParam(10).setElasticNetParam(1).setTol(1e-12).fit(dataset);
        double ones = dataset.filter("label = 1").count();
        assertEquals(0, model.coefficients().numNonzeros());
        assertEquals(Math.log(ones / (dataset.count() - ones)), model.intercept(), 1e-6);
    }

    @ParameterizedTest
    @CsvSource({"0,auto", "1,auto", "0,multinomial", "1,multinomial", "2,auto"})
    void aSingleLabelIsMllibs(double label, String family) {
        Dataset<Row> dataset =
                spark.createDataFrame(problem(2).rows(), SCHEMA).withColumn("label", functions.lit(label));
        LogisticRegressionModel theirs =
                new LogisticRegression().setFamily(family).fit(dataset);
        LogisticRegressionModel ours = cpu().setFamily(family).fit(dataset);
        assertEquals(theirs.interceptVector(), ours.interceptVector());
        assertEquals(theirs.coefficientMatrix(), ours.coefficientMatrix());
        assertEquals(theirs.numClasses(), ours.numClasses());
        assertEquals(
                theirs.transform(dataset).select("prediction").first(),
                ours.transform(dataset).select("prediction").first());
    }

    @ParameterizedTest
    @CsvSource({"2", "3"})
    void summariesAreMllibs(int classes) {
        Dataset<Row> dataset = problem(classes).dataset(spark);
        LogisticRegressionModel theirs =
                problem(classes).set(new LogisticRegression()).fit(dataset);
        LogisticRegressionModel ours = problem(classes).set(cpu()).fit(dataset);
        assertEquals(theirs.summary().accuracy(), ours.summary().accuracy(), 1e-12);
        assertEquals(theirs.summary().weightedFMeasure(), ours.summary().weightedFMeasure(), 1e-12);
        assertEquals(
                ours.summary().objectiveHistory().length - 1, ours.summary().totalIterations());
        assertEquals(ours.summary().accuracy(), ours.evaluate(dataset).accuracy());
        if (classes == 2) {
            assertEquals(
                    theirs.binarySummary().areaUnderROC(), ours.binarySummary().areaUnderROC(), 1e-6);
            assertEquals(
                    theirs.binarySummary().pr().count(),
                    ours.binarySummary().pr().count());
        }
        dataset.unpersist();
    }

    @Test
    void pipelinesAndCrossValidation() throws IOException {
        Dataset<Row> dataset = spark.createDataFrame(problem(2).rows(), SCHEMA)
                .withColumn(
                        "animal",
                        functions.when(functions.col("label").equalTo(1), "cat").otherwise("dog"))
                .drop("label");
        GpuLogisticRegression estimator = cpu().setLabelCol("class").setMaxIter(20);
        ParamMap[] grid = new ParamGridBuilder()
                .addGrid(estimator.regParam(), new double[] {0.001, 10})
                .addGrid(estimator.elasticNetParam(), new double[] {1})
                .build();
        CrossValidator validator = new CrossValidator()
                .setEstimator(estimator)
                .setEstimatorParamMaps(grid)
                .setEvaluator(new BinaryClassificationEvaluator().setLabelCol("class"))
                .setNumFolds(2)
                .setSeed(1);
        Pipeline pipeline = new Pipeline().setStages(new PipelineStage[] {
            new StringIndexer().setInputCol("animal").setOutputCol("class"), validator
        });
        PipelineModel model = pipeline.fit(dataset);
        CrossValidatorModel validated = assertInstanceOf(CrossValidatorModel.class, model.stages()[1]);
        assertTrue(validated.avgMetrics()[0] > validated.avgMetrics()[1] + 0.2);
        String path = folder.resolve("model").toString();
        model.save(path);
        assertEquals(
                model.transform(dataset).select("prediction").collectAsList(),
                PipelineModel.load(path).transform(dataset).select("prediction").collectAsList());
        String unfitted = folder.resolve("pipeline").toString();
        pipeline.save(unfitted);
        assertEquals(2, Pipeline.load(unfitted).getStages().length);
    }

    @Test
    void estimatorsAreSavedWithAllTheyHave() throws IOException {
        String path = folder.resolve("estimator").toString();
        cpu().setMaxIter(7)
                .setOptimizer("adam")
                .setBatchSize(32)
                .setSeed(9)
                .setShards(8)
                .save(path);
        GpuLogisticRegression loaded = GpuLogisticRegression.load(path);
        assertEquals(7, loaded.getMaxIter());
        assertEquals("adam", loaded.getOrDefault(loaded.optimizer()));
        assertEquals(32, loaded.getOrDefault(loaded.batchSize()));
        assertEquals(9L, loaded.getOrDefault(loaded.seed()));
        assertThrows(IllegalArgumentException.class, () -> loaded.setEngine("abacus"));
    }

    @Test
    void anInitialModelStaysThroughCopies() {
        Dataset<Row> dataset = problem(2).dataset(spark);
        LogisticRegressionModel first = cpu().setMaxIter(200).setTol(1e-12).fit(dataset);
        GpuLogisticRegression next = cpu().setInitialModel(first).setMaxIter(0);
        LogisticRegressionModel same = next.copy(ParamMap.empty()).fit(dataset);
        assertArrayEquals(first.coefficients().toArray(), same.coefficients().toArray(), 1e-12);
        LogisticRegressionModel mapped =
                next.fit(dataset, new ParamMap().put(next.maxIter().w(0)));
        assertEquals(same.coefficients(), mapped.coefficients());
        LogisticRegressionModel other = problem(3).set(cpu()).fit(problem(3).dataset(spark));
        LogisticRegressionModel ignored = next.setInitialModel(other).fit(dataset);
        assertEquals(0, ignored.coefficients().numNonzeros());
        dataset.unpersist();
    }

    @Test
    void validationRowsStopTheTrainingAndAreNotTrainedOn() {
        List<Row> rows = problem(2).rows();
        Dataset<Row> dataset =
                spark.createDataFrame(rows, SCHEMA).withColumn("held", functions.expr("abs(hash(features)) % 4 = 0"));
        LogisticRegressionModel stopped = cpu().setRegParam(0)
                .setValidationIndicatorCol("held")
                .setPatience(1)
                .fit(dataset);
        LogisticRegressionModel without = cpu().setRegParam(0).fit(dataset.filter("not held"));
        assertTrue(stopped.summary().totalIterations() <= without.summary().totalIterations());
        LogisticRegressionModel untimed =
                cpu().setRegParam(0).setValidationIndicatorCol("held").fit(dataset);
        assertEquals(without.coefficients(), untimed.coefficients());
    }

    @Test
    void whatIsWrongIsSaid() {
        Dataset<Row> dataset = problem(3).dataset(spark);
        assertRefused("Binomial family", () -> cpu().setFamily("binomial").fit(dataset));
        assertRefused(
                "2 thresholds for 3",
                () -> cpu().setThresholds(new double[] {0.5, 0.5}).fit(dataset));
        assertRefused("no rows", () -> cpu().fit(dataset.filter("label > 5")));
        assertRefused(
                "weights are 0", () -> cpu().setWeightCol("zero").fit(dataset.withColumn("zero", functions.lit(0.0))));
        assertRefused(
                "different sizes",
                () -> cpu().fit(spark.createDataFrame(
                        List.of(
                                RowFactory.create(0.0, 1.0, Vectors.dense(1)),
                                RowFactory.create(1.0, 1.0, Vectors.dense(1, 2))),
                        SCHEMA)));
        dataset.unpersist();
    }

    private static void assertRefused(String message, Runnable training) {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, training::run);
        assertTrue(String.valueOf(refused.getMessage()).contains(message), refused.getMessage());
    }
}

package org.sparkgrad.job.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.functions;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.mllib.linalg.Vectors;
import org.apache.spark.mllib.regression.LabeledPoint;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkgrad.job.TestSpark;
import org.sparkgrad.job.ml.LearningProblem.Penalty;

/** Labeled points and columns of arrays: the bits of a Dataset of vectors. */
class OtherEntriesTest {
    private final SparkSession spark = TestSpark.session("local[2]");

    @TempDir
    private Path folder;

    private static LearningProblem problem(int classes, boolean sparse) {
        return new LearningProblem(classes, sparse, true, true, Penalty.L2, false, false);
    }

    private static GpuLogisticRegression estimator() {
        return new GpuLogisticRegression().setEngine("cpu").setRegParam(0.01);
    }

    private static void assertSame(LogisticRegressionModel expected, LogisticRegressionModel actual) {
        assertEquals(expected.coefficientMatrix(), actual.coefficientMatrix());
        assertEquals(expected.interceptVector(), actual.interceptVector());
        assertArrayEquals(
                expected.summary().objectiveHistory(), actual.summary().objectiveHistory());
    }

    private static void assertArrayEquals(double[] expected, double[] actual) {
        assertEquals(Arrays.toString(expected), Arrays.toString(actual));
    }

    @ParameterizedTest
    @CsvSource({"2,false", "2,true", "3,false", "10,true"})
    void labeledPointsGiveTheBitsOfADataset(int classes, boolean sparse) {
        Dataset<Row> dataset = problem(classes, sparse).dataset(spark);
        JavaRDD<LabeledPoint> points =
                dataset.toJavaRDD().map(row -> new LabeledPoint(row.getDouble(0), Vectors.fromML((Vector) row.get(2))));
        LogisticRegressionModel model = estimator().setFeaturesCol("x").fit(points);
        assertSame(estimator().fit(dataset), model);
        LabeledPoint first = points.first();
        assertEquals(
                model.predict(first.features().asML()),
                model.transform(dataset.withColumnRenamed("features", "x"))
                        .first()
                        .<Double>getAs("prediction"));
        dataset.unpersist();
    }

    @Test
    void columnsThatPointsLackAreRefused() {
        JavaRDD<LabeledPoint> points = JavaSparkContext.fromSparkContext(spark.sparkContext())
                .parallelize(List.of(new LabeledPoint(1, Vectors.dense(1)), new LabeledPoint(0, Vectors.dense(2))));
        String message = message(() -> estimator().setWeightCol("w").fit(points));
        assertTrue(message.contains("weightCol is w"), message);
        String validation =
                message(() -> estimator().setValidationIndicatorCol("held").fit(points));
        assertTrue(validation.contains("validationIndicatorCol is held"), validation);
    }

    private Dataset<Row> arrays(Dataset<Row> dataset, String type) {
        return dataset.withColumn(
                "features",
                functions.vector_to_array(dataset.col("features"), "float64").cast(type));
    }

    @ParameterizedTest
    @ValueSource(strings = {"array<double>", "array<float>", "array<int>", "array<tinyint>"})
    void arraysGiveTheBitsOfVectors(String type) throws IOException {
        Dataset<Row> vectors = problem(3, false).dataset(spark);
        Dataset<Row> arrays = arrays(vectors, type);
        Dataset<Row> same = ArrayFeatures.vectors(arrays, "features");
        LogisticRegressionModel model = estimator().fit(arrays);
        assertSame(estimator().fit(same), model);
        assertEquals(model.summary().accuracy(), model.evaluate(same).accuracy());

        String path = folder.resolve(type.replaceAll("\\W", "")).toString();
        ArrayFeatures.pipeline(model).save(path);
        List<Row> expected =
                model.transform(same).select("prediction", "probability").collectAsList();
        assertEquals(
                expected,
                PipelineModel.load(path)
                        .transform(arrays)
                        .select("prediction", "probability")
                        .collectAsList());
        vectors.unpersist();
    }

    @Test
    void anEstimatorOfArraysIsAStageOfPipelines() {
        Dataset<Row> arrays = arrays(problem(2, false).dataset(spark), "array<double>");
        PipelineModel model =
                new Pipeline().setStages(new PipelineStage[] {estimator()}).fit(arrays);
        LogisticRegressionModel scorer = (LogisticRegressionModel) model.stages()[0];
        assertSame(estimator().fit(arrays), scorer.copy(ParamMap.empty()));
        assertEquals(
                "array<double>",
                estimator()
                        .transformSchema(arrays.schema())
                        .apply("features")
                        .dataType()
                        .catalogString());
    }

    @Test
    void whatIsNoArrayOfNumbersIsRefused() {
        Dataset<Row> rows = spark.range(8).selectExpr("CAST(id % 2 AS DOUBLE) AS label", "id");
        String bytes = message(() -> estimator().fit(rows.selectExpr("label", "CAST('ab' AS BINARY) AS features")));
        assertTrue(bytes.contains("0..255"), bytes);
        message(() -> estimator().fit(rows.selectExpr("label", "array('a') AS features")));
        String missing = message(() -> estimator().fit(rows));
        assertTrue(missing.contains("features"), missing);
        Dataset<Row> nulls = rows.selectExpr("label", "array(1D, IF(id = 5, NULL, 2D)) AS features");
        assertTrue(assertThrows(Exception.class, () -> estimator().fit(nulls))
                .toString()
                .contains("NaN"));
        Dataset<Row> lengths =
                rows.selectExpr("label", "IF(id = 5, array(1D, id), array(CAST(id AS DOUBLE))) AS features");
        String different = message(() -> estimator().fit(lengths));
        assertTrue(different.contains("different sizes"), different);
        PipelineModel pipeline = ArrayFeatures.pipeline(
                estimator().fit(rows.selectExpr("label", "array(CAST(id AS DOUBLE)) AS features")));
        assertThrows(SparkException.class, () -> pipeline.transform(lengths).collectAsList());
    }

    private static String message(Runnable training) {
        return String.valueOf(
                assertThrows(IllegalArgumentException.class, training::run).getMessage());
    }
}

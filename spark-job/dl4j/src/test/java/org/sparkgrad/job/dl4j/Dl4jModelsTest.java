package org.sparkgrad.job.dl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkgrad.job.TestSpark;
import org.sparkgrad.job.ml.GpuLogisticRegression;
import org.sparkgrad.job.model.SparkModels;

/** Networks that say what stock models say. */
class Dl4jModelsTest {
    private final SparkSession spark = TestSpark.session("local[2]");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"1,true", "1,false", "3,true", "3,false"})
    void aSavedNetworkSaysWhatTheModelSays(int outputs, boolean intercept) throws IOException {
        Dataset<Row> rows = NetworkRows.of(
                JavaSparkContext.fromSparkContext(spark.sparkContext()).parallelize(Flowers.dataSets(outputs)),
                Flowers.FEATURES,
                outputs);
        LogisticRegressionModel model = new GpuLogisticRegression()
                .setEngine("cpu")
                .setRegParam(0.01)
                .setFitIntercept(intercept)
                .fit(rows);
        File zip = folder.resolve("model.zip").toFile();
        Dl4jModels.save(model, zip);
        MultiLayerNetwork network = MultiLayerNetwork.load(zip, false);
        List<Row> scored =
                model.transform(rows).select("features", "probability").collectAsList();
        for (Row row : scored) {
            double[] probabilities = row.<Vector>getAs(1).toArray();
            double[] expected = outputs == 1 ? new double[] {probabilities[1]} : probabilities;
            double[] features = row.<Vector>getAs(0).toArray();
            double[] actual = network.output(Nd4j.createFromArray(new double[][] {features}))
                    .toDoubleVector();
            assertArrayEquals(expected, actual, 1e-12);
        }
    }

    /** Such a model has an infinite intercept. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aModelOfOneClassIsCertain(int outputs) {
        Dataset<Row> rows = NetworkRows.of(
                        JavaSparkContext.fromSparkContext(spark.sparkContext()).parallelize(Flowers.dataSets(outputs)),
                        Flowers.FEATURES,
                        outputs)
                .filter("label = 1");
        LogisticRegressionModel model =
                new GpuLogisticRegression().setEngine("cpu").fit(rows);
        double[] probabilities = Dl4jModels.network(model)
                .output(Nd4j.zeros(DataType.DOUBLE, 1, Flowers.FEATURES))
                .toDoubleVector();
        assertArrayEquals(outputs == 1 ? new double[] {1} : new double[] {0, 1, 0}, probabilities);
    }

    @Test
    void thresholdsAreLeftOutAndSaid() {
        LogisticRegressionModel model = new LogisticRegressionModel("model", Vectors.dense(1, 2), 0.5);
        assertEquals(Optional.empty(), SparkModels.leftOut(model));
        model.setThreshold(0.7);
        assertTrue(SparkModels.leftOut(model).orElseThrow().contains("threshold 0.7 is left out"));
        model.setThresholds(new double[] {0.2, 0.8});
        assertTrue(SparkModels.leftOut(model).orElseThrow().contains("thresholds [0.2, 0.8] are left out"));
    }
}

package org.sparkgrad.job.dl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.factory.Nd4j;
import org.sparkgrad.job.TestSpark;
import org.sparkgrad.job.ml.GpuLogisticRegression;

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
}

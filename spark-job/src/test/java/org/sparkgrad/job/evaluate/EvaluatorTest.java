package org.sparkgrad.job.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.mllib.evaluation.BinaryClassificationMetrics;
import org.apache.spark.mllib.evaluation.MulticlassMetrics;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.job.TestData;
import org.sparkgrad.job.TestSpark;
import org.sparkgrad.job.assemble.Instance;
import org.sparkgrad.job.model.SparkModels;
import org.sparkgrad.job.shard.Shards;
import scala.Tuple3;
import scala.Tuple4;

/** Our metrics against those of MLlib on the predictions of the same stock model. */
class EvaluatorTest {
    private static final int FEATURES = 6;

    @ParameterizedTest
    @CsvSource({"2,1", "2,2", "4,4"})
    void metricsAreThoseOfMllib(int classes, int outputs) {
        List<Instance> data = TestData.instances(1500, FEATURES, classes, 21);
        double[] values = new SplittableRandom(2)
                .doubles((long) outputs * (FEATURES + 1), -0.5, 0.5)
                .toArray();
        Coefficients coefficients = new Coefficients(outputs, FEATURES, values);
        JavaSparkContext spark = TestSpark.context("local[2]");
        Shards shards = TestData.shards(spark.parallelize(data, 3), FEATURES, 8, 1);
        List<String> labels = IntStream.range(0, classes).mapToObj(k -> "c" + k).toList();

        Metrics ours = Evaluator.evaluate(shards, coefficients, labels);

        LogisticRegressionModel model = SparkModels.of(coefficients);
        List<Tuple4<Object, Object, Object, double[]>> scored = data.stream()
                .map(i -> {
                    Vector probability = model.predictProbability(i.features());
                    return new Tuple4<Object, Object, Object, double[]>(
                            model.predict(i.features()), (double) i.label(), i.weight(), probability.toArray());
                })
                .toList();
        MulticlassMetrics theirs =
                new MulticlassMetrics(spark.parallelize(scored).rdd());
        assertEquals(theirs.accuracy(), ours.accuracy(), 1e-12);
        assertEquals(theirs.logLoss(1e-300), ours.logLoss(), 1e-10);
        for (int k = 0; k < classes; k++) {
            Metrics.PerClass c = ours.perClass().get(k);
            assertEquals("c" + k, c.label());
            assertEquals(theirs.precision(k), c.precision(), 1e-12);
            assertEquals(theirs.recall(k), c.recall(), 1e-12);
            assertEquals(theirs.fMeasure(k), c.f1(), 1e-12);
            for (int other = 0; other < classes; other++) {
                assertEquals(
                        theirs.confusionMatrix().apply(k, other),
                        ours.confusionMatrix().get(k).get(other),
                        1e-9);
            }
        }
        if (classes > 2) {
            assertNull(ours.areaUnderROC());
            return;
        }
        JavaRDD<Tuple3<Object, Object, Object>> ranked = spark.parallelize(
                scored.stream()
                        .map(t -> new Tuple3<Object, Object, Object>(t._4()[1], t._2(), t._3()))
                        .toList(),
                2);
        @SuppressWarnings({"unchecked", "rawtypes"})
        BinaryClassificationMetrics curves =
                new BinaryClassificationMetrics((org.apache.spark.rdd.RDD) ranked.rdd(), 0);
        assertEquals(curves.areaUnderROC(), present(ours.areaUnderROC()), 1e-10);
        assertEquals(curves.areaUnderPR(), present(ours.areaUnderPR()), 1e-10);
    }

    private static double present(@Nullable Double value) {
        assertNotNull(value);
        return value;
    }
}

package org.sparkgrad.job.assemble;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.linalg.DenseMatrix;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgrad.job.TestSpark;
import org.sparkgrad.job.config.DataSettings;
import org.sparkgrad.job.read.ColumnReferences;
import org.sparkgrad.job.read.Table;
import org.sparkgrad.job.read.TableReader;
import org.sparkgrad.job.read.TestSettings;

class ScoringPipelineTest {
    private final SparkSession spark = TestSpark.session("local[2]");

    @TempDir
    private Path folder;

    @Test
    void textLabels() throws IOException {
        String text = "Sepal.Length,b,species\n1,-2,cat\n0,4,dog\n1,1,cow\n-3,2,dog\n";
        Dataset<Row> scored = assertScoresAsTheModel(text, 3);
        for (Row row : scored.collectAsList()) {
            String expected = List.of("cat", "cow", "dog")
                    .get((int) row.<Double>getAs("prediction").doubleValue());
            assertEquals(expected, row.getAs("predictedLabel"));
        }
        Row dog = scored.filter("species = 'dog'").first();
        assertEquals(2.0, dog.<Double>getAs("labelIndex"));
    }

    @Test
    void shiftedLabels() throws IOException {
        Dataset<Row> scored = assertScoresAsTheModel("features,c`d,label\n1,2,-1\n0,4,1\n1,1,1\n", 2);
        assertEquals(
                List.of(0.0, 1.0, 1.0),
                scored.orderBy("features", "label").select("labelIndex").collectAsList().stream()
                        .map(row -> row.getDouble(0))
                        .sorted()
                        .toList());
        for (Row row : scored.collectAsList()) {
            assertEquals(row.<Double>getAs("prediction") == 0 ? "-1" : "1", row.getAs("predictedLabel"));
        }
    }

    @Test
    void labelsThatNeedNoMapping() throws IOException {
        Dataset<Row> scored = assertScoresAsTheModel("a,the.label\n1,0\n0,1\n5,2\n", 3);
        assertTrue(Arrays.stream(scored.columns()).noneMatch(name -> name.equals("predictedLabel")));
    }

    @Test
    void labelsThatStagesCannotName() throws IOException {
        assertScoresAsTheModel("a,the.label\n1,u\n0,v\n", 2);
    }

    @Test
    void aVectorTableNeedsTheModelAlone() {
        StructType schema = new StructType()
                .add("x", SQLDataTypes.VectorType())
                .add("y", "double")
                .add(Table.ROW_NUMBER, "bigint");
        Dataset<Row> table = spark.createDataFrame(
                List.of(
                        RowFactory.create(Vectors.dense(1, 2), 0.0, 0L),
                        RowFactory.create(Vectors.dense(1, 2), 1.0, 1L)),
                schema);
        DataSettings settings = TestSettings.columns(TestSettings.parquet(folder), "y", List.of("x"), List.of(), null);
        LogisticRegressionModel model = model(2, 2);
        Model<?> saved = Assembly.of(table, settings).pipeline(model);
        LogisticRegressionModel alone = assertInstanceOf(LogisticRegressionModel.class, saved);
        assertEquals("x", alone.getFeaturesCol());
        assertEquals("y", alone.getLabelCol());
        assertEquals("features", model.getFeaturesCol());
        assertEquals(2, alone.transform(table).count());
    }

    /** Trains nothing: any model will do. Returns the table, read by Spark itself, with the loaded pipeline's columns. */
    private Dataset<Row> assertScoresAsTheModel(String text, int classes) throws IOException {
        Path file = Files.writeString(folder.resolve("t.csv"), text);
        DataSettings settings = TestSettings.csv(true, file);
        Dataset<Row> table = TableReader.read(spark, settings).rows();
        Assembly assembly = Assembly.of(table, settings);
        LogisticRegressionModel model = model(assembly.features(), classes);
        Path saved = folder.resolve("model");
        ((MLWritable) assembly.pipeline(model)).save(saved.toString());
        Transformer loaded =
                (Transformer) DefaultParamsReader.loadParamsInstance(saved.toString(), spark.sparkContext());
        for (Transformer stage : assertInstanceOf(PipelineModel.class, loaded).stages()) {
            assertTrue(stage.getClass().getName().startsWith("org.apache.spark.ml."));
        }

        TreeMap<Long, Vector> expected = new TreeMap<>();
        for (Instance instance : Instances.of(assembly, table)) {
            expected.put(instance.rowNumber(), model.predictProbability(instance.features()));
        }
        assertEquals(expected, probabilities(loaded.transform(table)));
        String label = table.columns()[table.columns().length - 2];
        assertEquals(expected, probabilities(loaded.transform(table.drop(ColumnReferences.column(label)))));
        Dataset<Row> stock =
                spark.read().option("header", true).option("inferSchema", true).csv(file.toString());
        Dataset<Row> scored = loaded.transform(stock);
        assertEquals(expected.size(), scored.count());
        return scored;
    }

    private static Map<Long, Vector> probabilities(Dataset<Row> scored) {
        TreeMap<Long, Vector> probabilities = new TreeMap<>();
        for (Row row : scored.select(Table.ROW_NUMBER, "probability").collectAsList()) {
            probabilities.put(row.getLong(0), row.getAs(1));
        }
        return probabilities;
    }

    private static LogisticRegressionModel model(int features, int classes) {
        SplittableRandom random = new SplittableRandom(3);
        int outputs = classes == 2 ? 1 : classes;
        double[] coefficients = random.doubles((long) outputs * features, -1, 1).toArray();
        double[] intercepts = random.doubles(outputs, -1, 1).toArray();
        return new LogisticRegressionModel(
                "test",
                new DenseMatrix(outputs, features, coefficients, true),
                Vectors.dense(intercepts),
                classes,
                classes > 2);
    }
}

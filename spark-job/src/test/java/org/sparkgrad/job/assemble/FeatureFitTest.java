package org.sparkgrad.job.assemble;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.sparkgrad.job.read.Problems.assertDataProblem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.linalg.DenseMatrix;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgrad.job.TestSpark;
import org.sparkgrad.job.config.DataSettings;
import org.sparkgrad.job.config.FeatureSettings.Missing;
import org.sparkgrad.job.read.TableReader;
import org.sparkgrad.job.read.TestSettings;

class FeatureFitTest {
    private final SparkSession spark = TestSpark.session("local[2]");

    @TempDir
    private Path folder;

    @Test
    void textHasAFeatureForEachLevel() throws IOException {
        DataSettings settings = csv("a,t,b,y\n1,v,2,0\n3,u,4,1\n5,w,6,0\n7,u,8,1\n9,,0,1\n");
        Dataset<Row> table = TableReader.read(spark, settings).rows();
        Assembly assembly = Assembly.of(table, settings);
        assertEquals(List.of("a", "t=u", "t=v", "t=w", "b"), assembly.featureNames());
        assertEquals(1, assembly.missing());
        assertEquals(0, assembly.dropped());
        assertEquals(
                List.of(
                        row(1, 0, 1, 0, 2),
                        row(3, 1, 0, 0, 4),
                        row(5, 0, 0, 1, 6),
                        row(7, 1, 0, 0, 8),
                        row(9, 0, 0, 0, 0)),
                vectors(assembly, table));
        DataSettings other = csv("y,b,t,a\n0,1,never,2\n");
        assertEquals(
                List.of(row(2, 0, 0, 0, 1)),
                vectors(
                        assembly,
                        TableReader.read(spark, other, assembly.expected()).rows()));
    }

    @Test
    void codesAreTextIfNamedSo() throws IOException {
        DataSettings settings = TestSettings.prepared(csv("code,y\n01,0\n1,1\n01,1\n"), Missing.ERROR, null, "code");
        Dataset<Row> table = TableReader.read(spark, settings).rows();
        Assembly assembly = Assembly.of(table, settings);
        assertEquals(List.of("code=01", "code=1"), assembly.featureNames());
        DataSettings other = csv("code,y\n01,0\n01,1\n");
        assertEquals(
                List.of(row(1, 0), row(1, 0)),
                vectors(
                        assembly,
                        TableReader.read(spark, other, assembly.expected()).rows()));
        DataSettings label = TestSettings.prepared(settings, Missing.ERROR, null, "y");
        assertDataProblem(() -> Assembly.of(table, label), "column y is named as text");
        DataSettings none = TestSettings.prepared(settings, Missing.ERROR, null, "z");
        assertDataProblem(() -> Assembly.of(TableReader.read(spark, none).rows(), none), "no column z");
    }

    @Test
    void missingNumbersHaveTheMean() throws IOException {
        DataSettings settings =
                TestSettings.prepared(csv("a,b,y\n1,2,0\n,4,1\n0.25,NaN,0\n4,,1\n"), Missing.MEAN, null);
        Dataset<Row> table = TableReader.read(spark, settings).rows();
        Assembly assembly = Assembly.of(table, settings);
        assertEquals(List.of(row(1, 2), row(1.75, 4), row(0.25, 3), row(4, 3)), vectors(assembly, table));
        assertEquals(3, assembly.missing());
        DataSettings empty = TestSettings.prepared(csv("a,b,y\n,2,0\n,4,1\n"), Missing.MEAN, null);
        assertDataProblem(() -> Assembly.of(TableReader.read(spark, empty).rows(), empty), "column a holds no number");
    }

    @Test
    void rowsThatLackANumberAreDropped() throws IOException {
        DataSettings settings =
                TestSettings.prepared(csv("a,b,t,y\n1,2,,0\n,4,u,2\n5,NaN,u,0\n7,8,u,1\n"), Missing.DROP, null);
        Dataset<Row> table = TableReader.read(spark, settings).rows();
        Assembly assembly = Assembly.of(table, settings);
        assertEquals(2, assembly.dropped());
        assertEquals(2, assembly.rows());
        assertEquals(List.of("0", "1"), assembly.labels());
        assertEquals(List.of(row(1, 2, 0), row(7, 8, 1)), vectors(assembly, table));
        DataSettings none = TestSettings.prepared(csv("a,b,y\n,2,0\n3,,1\n"), Missing.DROP, null);
        assertDataProblem(
                () -> Assembly.of(TableReader.read(spark, none).rows(), none), "Each of the 2 rows lacks a number");
    }

    @Test
    void infinityIsNotMissing() throws IOException {
        DataSettings settings = TestSettings.prepared(csv("a,y\n1,0\ninf,1\n"), Missing.MEAN, null);
        Dataset<Row> table = TableReader.read(spark, settings).rows();
        Assembly assembly = Assembly.of(table, settings);
        assertDataProblem(() -> vectors(assembly, table), "Row 1 has Infinity in column a");
    }

    @Test
    void anArrayHasAFeatureForEachElement() throws IOException {
        String file = folder.resolve("arrays.parquet").toString();
        spark.range(6)
                .selectExpr("array(id, id * 0.5D) AS `a.b`", "id + 10 AS n", "float(id) AS f", "id % 2 AS label")
                .selectExpr("`a.b`", "n", "array(f, 1f, NULL) AS hole", "label")
                .coalesce(1)
                .write()
                .parquet(file);
        DataSettings settings =
                TestSettings.columns(TestSettings.parquet(Path.of(file)), null, List.of(), List.of("hole"), null);
        Dataset<Row> table = TableReader.read(spark, settings).rows();
        Assembly assembly = Assembly.of(table, settings);
        assertEquals(List.of("a.b_0", "a.b_1", "n"), assembly.featureNames());
        assertEquals(18, assembly.entries());
        List<Vector> read = vectors(assembly, table);
        assertEquals(row(3, 1.5, 13), read.get(3));
        LogisticRegressionModel model = new LogisticRegressionModel(
                "m", new DenseMatrix(1, 3, new double[3], true), Vectors.dense(0), 2, false);
        ((MLWritable) assembly.pipeline(model)).save(folder.resolve("m").toString());
        assertEquals(
                read,
                PipelineModel.load(folder.resolve("m").toString())
                        .transform(spark.read().parquet(file))
                        .select("features")
                        .collectAsList()
                        .stream()
                        .map(scored -> (Vector) scored.<Vector>getAs(0).toDense())
                        .toList());
        DataSettings hole = TestSettings.columns(settings, null, List.of("hole"), List.of(), null);
        assertDataProblem(() -> vectors(Assembly.of(table, hole), table), "no number in column hole");
        Dataset<Row> shorter = table.withColumn("a.b", functions.expr("array(1L, 2L, 3L)"));
        assertDataProblem(() -> vectors(assembly, shorter), "array of 3 numbers in column a.b, where 2");
        Dataset<Row> other = table.withColumn("a.b", functions.lit(1));
        assertDataProblem(() -> vectors(assembly, other), "column a.b holds int, where arrays");
    }

    private static List<Vector> vectors(Assembly assembly, Dataset<Row> table) {
        return Instances.of(assembly, table).stream()
                .map(instance -> (Vector) instance.features().toDense())
                .toList();
    }

    private static Vector row(double... values) {
        return Vectors.dense(Arrays.copyOf(values, values.length));
    }

    private DataSettings csv(String text) throws IOException {
        return TestSettings.csv(true, Files.writeString(Files.createTempFile(folder, "t", ".csv"), text));
    }
}

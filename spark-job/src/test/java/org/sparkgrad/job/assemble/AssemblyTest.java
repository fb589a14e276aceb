package org.sparkgrad.job.assemble;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.sparkgrad.job.read.Problems.assertDataProblem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkgrad.job.TestSpark;
import org.sparkgrad.job.config.DataSettings;
import org.sparkgrad.job.read.Table;
import org.sparkgrad.job.read.TableReader;
import org.sparkgrad.job.read.TestSettings;

class AssemblyTest {
    private final SparkSession spark = TestSpark.session("local[2]");

    @TempDir
    private Path folder;

    @Test
    void rowsBecomeInstances() throws IOException {
        DataSettings settings = TestSettings.columns(
                csv("id,a,b,w,y\n7,1.5,0,2,no\n8,0,0,0.5,yes\n9,-1,3,0,yes\n"), null, List.of(), List.of("id"), "w");
        Dataset<Row> table = TableReader.read(spark, settings).rows();
        Assembly assembly = Assembly.of(table, settings);
        assertEquals(3, assembly.rows());
        assertEquals(2, assembly.features());
        assertEquals(List.of("a", "b"), assembly.featureNames());
        assertEquals(List.of("no", "yes"), assembly.labels());
        List<Instance> instances = Instances.of(assembly, table);
        assertEquals(new Instance(0, 0, 2, Vectors.dense(1.5, 0).compressed()), instances.get(0));
        assertEquals(new Instance(1, 1, 0.5, Vectors.dense(0, 0).compressed()), instances.get(1));
        assertEquals(new Instance(2, 1, 0, Vectors.dense(-1, 3)), instances.get(2));
        assertInstanceOf(SparseVector.class, instances.get(1).features());
    }

    @Test
    void anotherTableIsReadByColumnName() throws IOException {
        DataSettings settings = csv("a,b,y\n1,2,0\n3,4,1\n");
        Assembly assembly = Assembly.of(TableReader.read(spark, settings).rows(), settings);
        Dataset<Row> other =
                TableReader.read(spark, csv("y,b,extra,a\n1.0,20,x,10.5\n")).rows();
        assertEquals(List.of(new Instance(0, 1, 1, Vectors.dense(10.5, 20))), Instances.of(assembly, other));
        assertDataProblem(
                () -> assembly.batches(
                        TableReader.read(spark, csv("a,y\n1,2\n")).rows()),
                "no column b");
    }

    @ParameterizedTest
    @CsvSource({
        "'a,w,y\n1,1,0\n,1,1\n', Row 1 has no number in column a",
        "'a,w,y\n1,1,0\n2,1,1\nNaN,1,1\n', Row 2 has no number in column a",
        "'a,w,y\n1,1,0\n1e999,1,1\n', Row 1 has Infinity in column a",
        "'a,w,y\n1,1,0\n1,-1,1\n', Row 1 has the weight -1.0 in column w",
        "'a,w,y\n1,1,0\n1,,1\n', Row 1 has no number in column w",
        "'a,w,y\n1,inf,0\n1,1,1\n', Row 0 has Infinity in column w"
    })
    void wrongNumbersAreNamedByRowAndColumn(String text, String message) throws IOException {
        DataSettings settings = TestSettings.columns(csv(text), "y", List.of(), List.of(), "w");
        Dataset<Row> table = TableReader.read(spark, settings).rows();
        Assembly assembly = Assembly.of(table, settings);
        assertDataProblem(() -> assembly.batches(table).collect(), message);
    }

    @Test
    void otherTablesMayHaveNoOtherLabelsOrTypes() throws IOException {
        DataSettings settings = csv("a,y\n1,cat\n2,dog\n");
        Assembly assembly = Assembly.of(TableReader.read(spark, settings).rows(), settings);
        assertDataProblem(() -> collect(assembly, "a,y\n1,bird\n"), "\"bird\" in column y", "cat, dog");
        assertDataProblem(() -> collect(assembly, "a,y\n1,cat\n2,\n"), "Row 1 has no label");
        assertDataProblem(
                () -> collect(assembly, "a,y\n1,cat\nx,dog\n"),
                "Row 1 has \"x\" in the feature column a, where numbers");
    }

    @Test
    void everyRowHasALabel() throws IOException {
        DataSettings settings = csv("a,y\n1,cat\n2,\n3,dog\n");
        Dataset<Row> table = TableReader.read(spark, settings).rows();
        assertDataProblem(() -> Assembly.of(table, settings), "Row 1 has no label in column y");
    }

    @Test
    void textAmongNumbersIsNoFeature() throws IOException {
        DataSettings settings = csv("a,b,c,y\n1,2,u,0\n1,x,v,1\n");
        Dataset<Row> table = TableReader.read(spark, settings).rows();
        assertDataProblem(
                () -> Assembly.of(table, settings),
                "Row 1 has \"x\" in column b, in which 1 of 2 cells are numbers",
                "--text-columns");
        DataSettings weight = TestSettings.columns(settings, "y", List.of("a"), List.of(), "c");
        assertDataProblem(() -> Assembly.of(table, weight), "Row 0 has \"u\" in the weight column c");
    }

    @Test
    void vectorsAreTakenAsTheyAre() {
        StructType schema = new StructType()
                .add("features", SQLDataTypes.VectorType())
                .add("label", "int")
                .add(Table.ROW_NUMBER, "bigint");
        Dataset<Row> table = spark.createDataFrame(
                List.of(
                        RowFactory.create(Vectors.dense(0, 0, 1), 0, 0L),
                        RowFactory.create(Vectors.dense(1, 2, 3), 1, 1L),
                        RowFactory.create(Vectors.dense(1, 2), 1, 2L),
                        RowFactory.create(Vectors.sparse(3, new int[] {1}, new double[] {Double.NaN}), 1, 3L),
                        RowFactory.create(null, 1, 4L)),
                schema);
        Assembly assembly = Assembly.of(table, TestSettings.parquet(folder));
        assertEquals(3, assembly.features());
        assertEquals(List.of("features_0", "features_1", "features_2"), assembly.featureNames());
        assertEquals(2, Instances.of(assembly, table.limit(2)).size());
        for (int row = 2; row < 5; row++) {
            Dataset<Row> wrong = table.filter("_rowNumber = " + row);
            assertDataProblem(() -> assembly.batches(wrong).collect(), "Row " + row, "features");
        }
    }

    private void collect(Assembly assembly, String text) throws IOException {
        assembly.batches(TableReader.read(spark, csv(text)).rows()).collect();
    }

    private DataSettings csv(String text) throws IOException {
        return TestSettings.csv(true, Files.writeString(Files.createTempFile(folder, "t", ".csv"), text));
    }
}

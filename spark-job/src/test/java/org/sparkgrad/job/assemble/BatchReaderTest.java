package org.sparkgrad.job.assemble;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkgrad.job.TestSpark;
import org.sparkgrad.job.config.DataSettings;
import org.sparkgrad.job.config.FeatureSettings.Missing;
import org.sparkgrad.job.problem.Problem;
import org.sparkgrad.job.read.ColumnBatches;
import org.sparkgrad.job.read.Table;
import org.sparkgrad.job.read.TableReader;
import org.sparkgrad.job.read.TestSettings;

/** Batches from columns have the rows that instances have, number by number. */
class BatchReaderTest {
    private static final int ROWS = 9_000; // more than two batches of Spark's reader

    private final SparkSession spark = TestSpark.session("local[2]");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "float(id / 7) AS a, float(id % 3) AS b",
                "id / 7D AS a, id % 3 AS b, cast(id % 100 AS byte) AS c, cast(id % 999 AS short) AS d",
                "cast(id AS int) AS a, id % 2 = 0 AS b, float(id) AS c",
                "array(id / 7D, id, -id) AS a, float(id % 5) AS b",
                "array(float(id / 7), float('-0.0')) AS a, id % 2 = 0 AS b, array(double('-0.0'), id / 7D) AS c",
                "array(id % 2 = 0, id % 3 = 0) AS a, array(cast(id AS short), 1S) AS b, array(id, 2L) AS c",
                "if(id % 4 = 0, 1.5F, 0F) AS a, 0F AS b, 0F AS c, 0F AS d, if(id % 3 = 0, 2F, 0F) AS e, 0F AS f",
                "cast(id / 7 AS decimal(20, 6)) AS a, float(id) AS b",
                "concat('t', id % 3) AS a, float(id) AS b",
            })
    void columnsOfAnyType(String columns) {
        Dataset<Row> table = written("label", columns + ", if(id % 3 = 0, 'no', 'yes') AS label");
        boolean inBatches = !columns.contains("decimal");
        assertSameRows(table, TestSettings.parquet(folder.resolve("label")), inBatches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"int(id % 3)", "id % 3 > 0", "float(id % 3)", "id % 2 - 0D", "cast(id % 3 AS byte)"})
    void labelsOfAnyType(String label) {
        Dataset<Row> table = written("y", "float(id) AS a, " + label + " AS label, id % 5 / 2D AS w");
        DataSettings settings =
                TestSettings.columns(TestSettings.parquet(folder.resolve("y")), null, List.of(), List.of(), "w");
        assertSameRows(table, settings, true);
    }

    /** Few values make Spark keep a dictionary, which has nothing for a null. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "if(id % 7 = 0, null, float(id % 3)) AS a, if(id % 5 = 0, float('NaN'), 1F) AS b",
                "if(id % 7 = 0, null, id % 3 / 7D) AS a, if(id % 5 = 0, null, id % 3) AS b",
                "if(id % 7 = 0, null, id % 3 / 7D) AS a, if(id % 5 = 0, null, concat('t', id % 9)) AS b",
                "if(id % 7 = 0, float('-0.0'), float(id)) AS a, if(id % 5 = 0, double('-0.0'), 1D) AS b, 2 AS c, 3 AS d",
                "if(id % 7 = 0, null, id % 2 = 0) AS a, if(id < 5000, null, int(id)) AS b, if(id > 10, null, 2S) AS c",
            })
    void missingNumbersAreReplaced(String columns) {
        Dataset<Row> table = written("mean", columns + ", id % 2 AS label");
        DataSettings settings = TestSettings.prepared(TestSettings.parquet(folder.resolve("mean")), Missing.MEAN, null);
        assertSameRows(table, settings, true);
    }

    @Test
    void moreColumnsThanSparkReadsByDefault() {
        StringBuilder columns = new StringBuilder();
        IntStream.range(0, 150).forEach(j -> columns.append("float(id * %d %% 97) AS f%d, ".formatted(j + 1, j)));
        Dataset<Row> table = written("wide", columns + "id % 2 AS label");
        assertSameRows(table, TestSettings.parquet(folder.resolve("wide")), true);
        assertEquals("100", spark.conf().get("spark.sql.codegen.maxFields"));
    }

    @Test
    void vectorsDenseAndSparse() {
        StructType schema = new StructType().add("label", "int").add("features", SQLDataTypes.VectorType());
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            Vector vector = i < 100 || i % 2 == 0
                    ? Vectors.dense(i / 7.0, 0, i % 5, 1)
                    : Vectors.sparse(4, new int[] {i % 4}, new double[] {i});
            rows.add(RowFactory.create(i % 2, vector));
        }
        spark.createDataFrame(rows, schema).repartition(1).write().parquet(folder + "/v");
        DataSettings settings = TestSettings.parquet(folder.resolve("v"));
        assertSameRows(TableReader.read(spark, settings).rows(), settings, true);
    }

    /** A step that may change or remove rows must run: such a table is never read by columns. */
    @ParameterizedTest
    @ValueSource(strings = {"filter", "cast", "udf", "limit", "union", "shuffle"})
    void otherPlansGoByRows(String step) {
        Dataset<Row> table = written("label", "float(id) AS a, float(id % 3) AS b, id % 2 AS label");
        Dataset<Row> changed = switch (step) {
            case "filter" -> table.filter("a > 100");
            case "cast" -> table.selectExpr("cast(a AS int) AS a", "b", "label", Table.ROW_NUMBER);
            case "udf" -> table.selectExpr("abs(a - 50) AS a", "b", "label", Table.ROW_NUMBER);
            case "limit" -> table.limit(10);
            case "union" -> table.union(table);
            default -> table.repartition(3);
        };
        assertTrue(ColumnBatches.of(table).isPresent());
        assertTrue(ColumnBatches.of(changed).isEmpty());
        DataSettings settings = TestSettings.parquet(folder.resolve("label"));
        Assembly assembly = Assembly.of(table, settings);
        assertEquals(changed.count(), rows(assembly, changed));
    }

    @Test
    void columnsMayBeChosenOrderedAndRenamed() {
        Dataset<Row> table = written("label", "float(id) AS a, float(id % 3) AS b, id % 2 AS label");
        Dataset<Row> changed = table.selectExpr("b AS a", "label", "a AS b", Table.ROW_NUMBER);
        assertTrue(ColumnBatches.of(changed).isPresent());
        Assembly assembly = Assembly.of(changed, TestSettings.parquet(folder.resolve("label")));
        assertEquals(ROWS, rows(assembly, changed));
        assertRows(assembly, changed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "if(id = 8000, null, float(id)) AS a, id % 2 AS label, 1D AS w",
                "if(id = 8000, float('NaN'), float(id)) AS a, id % 2 AS label, 1D AS w",
                "if(id = 8000, double('Infinity'), id / 7D) AS a, id % 2 AS label, 1D AS w",
                "float(id) AS a, id % 2 AS label, if(id = 8000, -1D, 1D) AS w",
                "float(id) AS a, id % 2 AS label, if(id = 8000, null, 1D) AS w",
                "if(id = 8000, array(1D), array(1D, 2D)) AS a, id % 2 AS label, 1D AS w",
                "if(id = 8000, array(1D, null), array(1D, 2D)) AS a, id % 2 AS label, 1D AS w",
            })
    void wrongCellsHaveTheMessageOfRows(String columns) {
        Dataset<Row> table = written("wrong", columns);
        DataSettings settings =
                TestSettings.columns(TestSettings.parquet(folder.resolve("wrong")), null, List.of(), List.of(), "w");
        Assembly assembly = Assembly.of(table, settings);
        String expected = message(() -> assembly.instances(table).count());
        assertTrue(expected.contains("Row 8000"), expected);
        assertEquals(expected, message(() -> assembly.batches(table).count()));
    }

    private static String message(Executable work) {
        return Problem.of(assertThrows(Throwable.class, work)).message();
    }

    private Dataset<Row> written(String name, String columns) {
        spark.range(0, ROWS, 1, 2).createOrReplaceTempView("ids");
        spark.sql("SELECT " + columns + " FROM ids")
                .write()
                .mode("overwrite")
                .option("parquet.block.size", 65_536)
                .parquet(folder + "/" + name);
        return TableReader.read(spark, TestSettings.parquet(folder.resolve(name)))
                .rows();
    }

    private static void assertSameRows(Dataset<Row> table, DataSettings settings, boolean inBatches) {
        Assembly assembly = Assembly.of(table, settings);
        assertTrue(!inBatches || ColumnBatches.of(table).isPresent());
        assertRows(assembly, table);
    }

    private static void assertRows(Assembly assembly, Dataset<Row> table) {
        Map<Long, Instance> expected = new HashMap<>();
        assembly.instances(table).collect().forEach(row -> expected.put(row.rowNumber(), row));
        assertEquals(table.count(), expected.size());
        int compared = 0;
        for (RowBatch batch : assembly.batches(table).collect()) {
            for (int row = 0; row < batch.rows(); row++) {
                Instance instance = Objects.requireNonNull(expected.get(batch.ids()[row]));
                double[] features = new double[assembly.features()];
                batch.copy(row, features);
                assertArrayEquals(instance.features().toArray(), features);
                assertEquals(instance.label(), batch.labels()[row]);
                assertEquals(instance.weight(), batch.weights()[row]);
                // Sums over all features, and over those that are not 0, may differ in the last bit.
                int stored = batch.starts()[row + 1] - batch.starts()[row];
                assertEquals(instance.features().numActives(), stored, Arrays.toString(features));
                compared++;
            }
        }
        assertEquals(expected.size(), compared);
    }

    private static long rows(Assembly assembly, Dataset<Row> table) {
        return assembly.batches(table).collect().stream()
                .mapToLong(RowBatch::rows)
                .sum();
    }
}

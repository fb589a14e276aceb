package org.sparkgrad.job.assemble;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
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
                "concat('t', id % 3) AS a, array(id / 7D, id % 2, 0) AS b, cast(id / 7 AS decimal(9, 2)) AS c",
                "array(cast(id / 7 AS decimal(20, 6)), cast(0 AS decimal(20, 6))) AS a, float(id) AS b",
            })
    void columnsOfAnyType(String columns) {
        Dataset<Row> table = written("label", columns + ", if(id % 3 = 0, 'no', 'yes') AS label");
        assertSameRows(table, TestSettings.parquet(folder.resolve("label")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "int(id % 3)",
                "id % 3 > 0",
                "float(id % 3)",
                "id % 2 - 0D",
                "cast(id % 3 AS byte)",
                "cast(id % 3 AS decimal(9, 4))"
            })
    void labelsOfAnyType(String label) {
        Dataset<Row> table = written("y", "float(id) AS a, " + label + " AS label, id % 5 / 2D AS w");
        DataSettings settings =
                TestSettings.columns(TestSettings.parquet(folder.resolve("y")), null, List.of(), List.of(), "w");
        assertSameRows(table, settings);
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
        assertSameRows(table, settings);
    }

    @Test
    void moreColumnsThanSparkReadsByDefault() {
        StringBuilder columns = new StringBuilder();
        IntStream.range(0, 150).forEach(j -> columns.append("float(id * %d %% 97) AS f%d, ".formatted(j + 1, j)));
        Dataset<Row> table = written("wide", columns + "id % 2 AS label");
        assertSameRows(table, TestSettings.parquet(folder.resolve("wide")));
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
        assertSameRows(TableReader.read(spark, settings).rows(), settings);
    }

    /** A step that may change or remove rows must run: the reader's columns are not the table then. */
    @ParameterizedTest
    @ValueSource(strings = {"filter", "cast", "udf", "limit", "union", "shuffle", "sort", "cache"})
    void otherPlansGoByRows(String step) {
        Dataset<Row> table = written("label", "float(id) AS a, float(id % 3) AS b, 'yes no' AS c, id % 2 AS label");
        Dataset<Row> changed = switch (step) {
            case "filter" -> table.filter("a > 100");
            case "cast" -> table.selectExpr("cast(a AS int) AS a", "b", "c", "label", Table.ROW_NUMBER);
            case "udf" -> table.selectExpr("abs(a - 50) AS a", "b", "c", "label", Table.ROW_NUMBER);
            case "limit" -> table.limit(10);
            case "union" -> table.union(table.withColumn(Table.ROW_NUMBER, functions.expr("_rowNumber + 100000")));
            case "sort" -> table.sort("a");
            case "cache" -> table.filter("a > 5").cache();
            default -> table.repartition(3);
        };
        assertTrue(ColumnBatches.ofReader(table).isPresent());
        assertTrue(ColumnBatches.ofReader(changed).isEmpty());
        assertSameRows(changed, TestSettings.parquet(folder.resolve("label")));
        changed.unpersist();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1 << 12})
    void hashedTexts(int features) {
        Dataset<Row> table = written(
                "hashed",
                "if(id % 5 = 0, null, concat('t', id % 9)) AS a, id / 7D AS b, concat('\u00fc', id % 4) AS c, id % 2 AS label");
        assertSameRows(
                table, TestSettings.prepared(TestSettings.parquet(folder.resolve("hashed")), Missing.ERROR, features));
    }

    @Test
    void rowsWithMissingNumbersAreDropped() {
        Dataset<Row> table = written(
                "drop", "if(id % 7 = 0, null, id / 7D) AS a, if(id % 5 = 0, float('NaN'), 1F) AS b, id % 2 AS label");
        DataSettings settings = TestSettings.prepared(TestSettings.parquet(folder.resolve("drop")), Missing.DROP, null);
        assertSameRows(table, settings);
        assertEquals(
                ROWS - (ROWS / 5 + ROWS / 7 + 1 - (ROWS - 1) / 35 - 1),
                Instances.of(Assembly.of(table, settings), table).size());
    }

    @Test
    void columnsMayBeChosenOrderedAndRenamed() {
        Dataset<Row> table = written("label", "float(id) AS a, float(id % 3) AS b, id % 2 AS label");
        Dataset<Row> changed = table.selectExpr("b AS a", "label", "a AS b", Table.ROW_NUMBER);
        assertTrue(ColumnBatches.ofReader(changed).isPresent());
        assertSameRows(changed, TestSettings.parquet(folder.resolve("label")));
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
                "if(id = 8000, double('Infinity'), id / 7D) AS a, concat('t', id % 3) AS b, id % 2 AS label, 1D AS w",
                "if(id = 8000, null, id / 7D) AS a, concat('t', id % 3) AS b, id % 2 AS label, 1D AS w",
                "if(id = 8000, array(1D, double('NaN')), array(1D, 2D)) AS a, 't' AS b, id % 2 AS label, 1D AS w",
                "if(id = 8000, array(1D), array(1D, 2D)) AS a, 't' AS b, id % 2 AS label, 1D AS w",
            })
    void wrongCellsHaveTheMessageOfRows(String columns) {
        Dataset<Row> table = written("wrong", columns);
        DataSettings settings =
                TestSettings.columns(TestSettings.parquet(folder.resolve("wrong")), null, List.of(), List.of(), "w");
        Assembly assembly = Assembly.of(table, settings);
        String expected = message(() -> Instances.oneByOne(table, settings).count());
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

    private static void assertSameRows(Dataset<Row> table, DataSettings settings) {
        Assembly assembly = Assembly.of(table, settings);
        Map<Long, Instance> expected = new HashMap<>();
        Instances.oneByOne(table, settings).collect().forEach(row -> expected.put(row.rowNumber(), row));
        List<Instance> read = Instances.of(assembly, table);
        assertEquals(expected.size(), read.size());
        for (Instance instance : read) {
            assertEquals(expected.get(instance.rowNumber()), instance);
        }
        if (!settings.preparation().missing().equals(Missing.DROP)) {
            assertEquals(table.count(), read.size());
        }
    }
}

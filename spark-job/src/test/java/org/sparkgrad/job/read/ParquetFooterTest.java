package org.sparkgrad.job.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.sparkgrad.job.read.Problems.assertDataProblem;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgrad.job.TestSpark;
import org.sparkgrad.job.config.DataSettings;

/** Files as other programs than Spark write them. */
class ParquetFooterTest {
    private static final String SPARK = "org.apache.spark.sql.parquet.row.metadata";

    @TempDir
    private Path folder;

    @Test
    void whatAnotherProgramCopiedFromSparksFooterIsNotBelieved() throws IOException {
        String old = new StructType().add("x", DataTypes.DoubleType).json();
        write("a", "optional double x; optional int32 z;", Map.of(SPARK, old), 1.5, 2);
        assertEquals(List.of("x", "z", Table.ROW_NUMBER), columns());
        write("a", "optional int32 x;", Map.of(SPARK, old), 3);
        assertEquals(RowFactory.create(3, 0L), read().rows().first());
    }

    @Test
    void filesWithoutRowsDoNotDecideTypes() throws IOException {
        write("a", "optional binary x (STRING); optional int64 y (TIMESTAMP(NANOS,true));", Map.of());
        write("b", "optional double x; optional int32 y;", Map.of(), 1.5, 1);
        Table table = read();
        assertEquals(RowFactory.create(1.5, 1, 0L), table.rows().first());
        assertEquals(List.of(), table.report().notes());
    }

    @Test
    void indicesOfPandasAreLeftOutByNameAndByTheFootersWord() throws IOException {
        String pandas = "{\"index_columns\": [\"id\", {\"kind\": \"range\", \"start\": 0}]}";
        write(
                "a",
                "optional double x; optional int64 id; optional int64 __index_level_1__;",
                Map.of("pandas", pandas),
                1.5,
                7L,
                8L);
        assertEquals(List.of("x", Table.ROW_NUMBER), columns());
        assertEquals(2, read().report().notes().size());
        Table named = TableReader.read(
                TestSpark.session("local[2]"),
                TestSettings.columns(TestSettings.parquet(folder), "x", List.of("id"), List.of(), null));
        assertEquals(RowFactory.create(1.5, 7L, 0L), named.rows().first());
    }

    @Test
    void anIndexIsThereForWhomItIsNamed() throws IOException {
        write("a", "optional double x; optional int64 __index_level_0__;", Map.of(), 1.5, 7L);
        SparkSession spark = TestSpark.session("local[2]");
        ExpectedColumns model = new ExpectedColumns(null, List.of(), List.of("__index_level_0__"));
        assertEquals(
                RowFactory.create(1.5, 7L, 0L),
                TableReader.read(spark, TestSettings.parquet(folder), model)
                        .rows()
                        .first());
        DataSettings ignoring =
                TestSettings.columns(TestSettings.parquet(folder), null, List.of(), List.of("__index_level_0__"), null);
        assertEquals(
                RowFactory.create(1.5, 7L, 0L),
                TableReader.read(spark, ignoring).rows().first());
    }

    @Test
    void columnsThatSparkCannotReadAreLeftOutUnlessNamed() throws IOException {
        write("a", "optional double x; optional int64 t (TIMESTAMP(NANOS,true));", Map.of(), 1.5, 7L);
        Table table = read();
        assertEquals(RowFactory.create(1.5, 0L), table.rows().first());
        assertEquals(
                List.of("Spark cannot read the column t (INT64 TIMESTAMP(NANOS,true)): it is left out"),
                table.report().notes());
        assertDataProblem(
                () -> TableReader.read(
                        TestSpark.session("local[2]"),
                        TestSettings.columns(TestSettings.parquet(folder), "t", List.of(), List.of(), null)),
                "a.parquet: Spark cannot read the column t (INT64 TIMESTAMP(NANOS,true))");
        DataSettings ignoring = TestSettings.columns(TestSettings.parquet(folder), null, List.of(), List.of("t"), null);
        assertEquals(
                RowFactory.create(1.5, null, 0L),
                TableReader.read(TestSpark.session("local[2]"), ignoring).rows().first());
    }

    @Test
    void numbersAreOfTheWidestTypeAndOtherKindsAreRefused() throws IOException {
        write("a", "optional int32 x;", Map.of(), 1);
        write("b", "optional int64 x;", Map.of(), 1L << 40);
        assertEquals(List.of(1L, 1L << 40), values());
        write("c", "optional float x; optional double y;", Map.of(), .5f, 2.0);
        assertEquals(List.of(1.0, 0x1p40, .5), values());
        write("d", "optional binary x (STRING);", Map.of());
        assertEquals(List.of(1.0, 0x1p40, .5), values());
        write("d", "optional boolean x;", Map.of(), true);
        assertDataProblem(this::read, "The column x holds", "boolean in ", "d.parquet");
    }

    @Test
    void textThatStartsLikeParquetIsText() throws IOException {
        Path text = Files.writeString(folder.resolve("a.csv"), "PAR1,y\n1,2\n", StandardCharsets.UTF_8);
        Table table = TableReader.read(TestSpark.session("local[2]"), TestSettings.csv(true, text));
        assertEquals(RowFactory.create(1L, 2L, 0L), table.rows().first());
    }

    private List<Object> values() {
        return read().rows().sort(Table.ROW_NUMBER).collectAsList().stream()
                .map(row -> row.get(0))
                .toList();
    }

    private List<String> columns() {
        return Arrays.asList(read().rows().columns());
    }

    private Table read() {
        return TableReader.read(TestSpark.session("local[2]"), TestSettings.parquet(folder));
    }

    /** Writes one row, or none without values. */
    private void write(String name, String columns, Map<String, String> footer, Object... values) throws IOException {
        Path file = folder.resolve(name + ".parquet");
        Files.deleteIfExists(file);
        Files.deleteIfExists(folder.resolve("." + name + ".parquet.crc"));
        MessageType type = MessageTypeParser.parseMessageType("message m { " + columns + " }");
        org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(file.toUri());
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(
                        HadoopOutputFile.fromPath(path, new Configuration()))
                .withType(type)
                .withExtraMetaData(footer)
                .build()) {
            if (values.length > 0) {
                writer.write(row(type, values));
            }
        }
    }

    private static Group row(MessageType type, Object... values) {
        Group row = new SimpleGroupFactory(type).newGroup();
        for (int i = 0; i < values.length; i++) {
            if (values[i] instanceof Double number) {
                row.add(i, number);
            } else if (values[i] instanceof Float number) {
                row.add(i, number);
            } else if (values[i] instanceof Long number) {
                row.add(i, number);
            } else if (values[i] instanceof Boolean flag) {
                row.add(i, flag);
            } else {
                row.add(i, (int) values[i]);
            }
        }
        return row;
    }
}

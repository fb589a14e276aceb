package org.sparkgrad.job.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgrad.job.TestSpark;
import org.sparkgrad.job.config.DataSettings;
import org.sparkgrad.job.config.DataSettings.Format;

/** Cells that the first pass keeps, cells that are read again, and the rows of Spark SQL are the same. */
class TextSourceTest {
    private static final String SPLIT = "spark.sql.files.maxPartitionBytes";

    @TempDir
    private Path folder;

    private SparkSession spark;

    @BeforeEach
    void cutFilesSmall() {
        spark = TestSpark.session("local[2]");
        spark.conf().set(SPLIT, "1000");
    }

    @AfterEach
    void cutFilesAsEver() {
        spark.conf().unset(SPLIT);
    }

    private static String text() {
        Random random = new Random(1);
        StringBuilder text = new StringBuilder("number,whole,large,level,mixed,late,none,quoted\n");
        for (int row = 0; row < 500; row++) {
            text.append(random.nextInt(9) == 0 ? "NA" : random.nextGaussian()).append(',');
            text.append(random.nextInt(9) == 0 ? "" : random.nextInt(1000)).append(',');
            text.append(row % 100 == 7 ? "9007199254740993" : "-0").append(',');
            text.append(List.of("red", "green", "", "\\N", "NA", "7", "gr\u00fcn")
                            .get(random.nextInt(7)))
                    .append(',');
            text.append(row % 3 == 0 ? "x" + row : row).append(',');
            text.append(row < 400 ? "12" : "twelve").append(",,");
            text.append(row % 50 == 0 ? "\"a \"\"b\"\", c\"" : "\"d, e\"").append(row % 2 == 0 ? "\n" : "\r\n");
        }
        return text.toString();
    }

    private static List<Row> rows(Dataset<Row> table) {
        return table.orderBy(Table.ROW_NUMBER).collectAsList();
    }

    @Test
    void csv() throws IOException {
        Path file = Files.writeString(folder.resolve("a.csv"), text());
        Table table = TableReader.read(spark, TestSettings.csv(true, file));
        assertEquals(
                "struct<number:double,whole:bigint,large:bigint,level:string,mixed:string,late:string,none:double,"
                        + "quoted:string,_rowNumber:bigint>",
                table.rows().schema().simpleString());
        assertTrue(table.rows().rdd().getNumPartitions() > 10);
        List<Row> kept = rows(table.rows());
        assertEquals(500, kept.size());
        assertEquals("12", kept.get(0).getAs("late"));
        assertEquals(9007199254740993L, kept.get(7).<Long>getAs("large"));
        assertEquals("a \"b\", c", kept.get(50).getAs("quoted"));
        assertEquals(kept, byColumns(table));
        table.release();
        assertEquals(kept, rows(table.rows()));
        assertEquals(kept, byColumns(table));
        Dataset<Row> some = table.rows().select("level", Table.ROW_NUMBER);
        assertEquals(
                kept.stream().map(row -> row.getAs("level")).toList(),
                rows(some).stream().map(row -> row.get(0)).toList());
        assertEquals(500, table.rows().count());
    }

    @Test
    void libsvm() throws IOException {
        Random random = new Random(2);
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < 500; row++) {
            text.append(row % 2 == 0 ? "+1" : "-1");
            for (int index = 1 + random.nextInt(5); index < 60; index += 1 + random.nextInt(30)) {
                text.append(' ').append(index).append(':').append(random.nextInt(4) == 0 ? 0 : random.nextGaussian());
            }
            text.append(row % 7 == 0 ? " # comment\n" : row % 11 == 0 ? "\n\n" : "\n");
        }
        Path file = Files.writeString(folder.resolve("a.libsvm"), text);
        Table table = TableReader.read(spark, TestSettings.text(Format.LIBSVM, 1, file));
        List<Row> kept = rows(table.rows());
        assertEquals(500, kept.size());
        table.release();
        assertEquals(kept, rows(table.rows()));
        assertEquals(kept, byColumns(table));
    }

    @Test
    void changedFilesAreRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("a.csv"), text());
        DataSettings settings = TestSettings.csv(true, file);
        Table table = TableReader.read(spark, settings);
        table.release();
        Files.writeString(file, text().replace("0.", "zero."));
        Throwable thrown = assertThrows(Exception.class, () -> rows(table.rows()));
        String message = String.valueOf(ReadProblems.unreadable("", thrown).getMessage());
        assertTrue(message.contains("changed while it was read"), message);
    }

    private static List<Row> byColumns(Table table) {
        ColumnBatches batches = ColumnBatches.ofReader(table.rows()).orElseThrow();
        StructType schema = table.rows().schema();
        List<Row> rows = batches.batches()
                .flatMap(batch -> IntStream.range(0, batch.rows())
                        .mapToObj(row -> batch.row(row, schema))
                        .iterator())
                .collect();
        assertFalse(rows.isEmpty());
        return rows;
    }
}

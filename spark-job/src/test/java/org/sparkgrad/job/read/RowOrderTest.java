package org.sparkgrad.job.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgrad.job.TestSpark;
import org.sparkgrad.job.config.DataSettings;

/** Rows as they are in the files, whatever way Spark cuts and packs these. */
class RowOrderTest {
    /** The second is the longest, so Spark reads it first; the short ones share a partition with parts of others. */
    private static final int[] ROWS = {400, 9000, 1, 3000, 700};

    private static final Map<String, String> SMALL_PARTITIONS =
            Map.of("spark.sql.files.maxPartitionBytes", "20000", "spark.sql.files.openCostInBytes", "100");

    @TempDir
    private Path folder;

    private SparkSession spark;

    @BeforeEach
    void cutFilesSmall() {
        spark = TestSpark.session("local[2]");
        SMALL_PARTITIONS.forEach(spark.conf()::set);
    }

    @AfterEach
    void cutFilesAsEver() {
        SMALL_PARTITIONS.keySet().forEach(spark.conf()::unset);
    }

    private void writeCsv(String firstCell) throws IOException {
        for (int file = 0; file < ROWS.length; file++) {
            StringBuilder text = new StringBuilder("file,row\n");
            for (int row = 0; row < ROWS[file]; row++) {
                text.append(file == 0 && row == 0 ? firstCell : file)
                        .append(',')
                        .append(row)
                        .append('\n');
            }
            Files.writeString(folder.resolve("part %d.csv".formatted(file)), text);
        }
    }

    private static long rows() {
        return java.util.Arrays.stream(ROWS).sum();
    }

    private static Dataset<Row> inOrder(Dataset<Row> table) {
        return RowOrder.inOrder(table, List.of(functions.col("row"), functions.col(Table.ROW_NUMBER)));
    }

    /** @param packed whether Spark packs the blocks of the files into partitions in another order */
    private void assertInOrder(DataSettings settings, boolean packed) {
        Dataset<Row> table = TableReader.read(spark, settings).rows();
        Dataset<Row> ordered = inOrder(table);
        List<Long> numbers =
                ordered.collectAsList().stream().map(row -> row.getLong(1)).toList();
        assertEquals(LongStream.range(0, rows()).boxed().toList(), numbers);
        String plan = ordered.queryExecution().executedPlan().toString();
        assertFalse(plan.contains("Exchange"), plan);
        int before = table.rdd().getNumPartitions();
        int now = ordered.rdd().getNumPartitions();
        assertTrue(before > 4 && now >= before && now <= 2 * before, before + " partitions, " + now + " in order");
        if (packed) {
            List<Long> asPacked = table.select(Table.ROW_NUMBER).collectAsList().stream()
                    .map(row -> row.getLong(0))
                    .toList();
            assertFalse(numbers.equals(asPacked), "Spark has them in order by itself: nothing is tested");
        }
    }

    @Test
    void textInManyFiles() throws IOException {
        writeCsv("0");
        assertInOrder(TestSettings.csv(true, folder), false);
    }

    @Test
    void parquetOfManyRowGroups() {
        for (int file = 0; file < ROWS.length; file++) {
            spark.range(0, ROWS[file], 1, 1)
                    .selectExpr("id as row", "rand(7) as other")
                    .write()
                    .option("parquet.block.size", 8000)
                    .parquet(folder.resolve("table").resolve("part" + file).toString());
        }
        assertInOrder(TestSettings.parquet(folder.resolve("table/*")), true);
    }

    @Test
    void recordsOfSeveralLinesAmongTheOthers() throws IOException {
        writeCsv("\"two\nlines\"");
        assertInOrder(TestSettings.csv(true, folder), false);
    }
}

package org.sparkgrad.job.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgrad.job.TestSpark;
import org.sparkgrad.job.ml.GpuLogisticRegression;
import org.sparkgrad.job.problem.ExitCode;

/** ANSI mode, which is Spark 4's default and a setting of Spark 3.5, changes nothing about what data mean. */
class AnsiModeTest {
    private static final String ANSI = "spark.sql.ansi.enabled";

    private final SparkSession spark = TestSpark.session("local[2]");

    @TempDir
    private Path folder;

    @BeforeEach
    void inAnsiMode() {
        spark.conf().set(ANSI, true);
    }

    @AfterEach
    void asBefore() {
        spark.conf().unset(ANSI);
    }

    @Test
    void aTextThatIsNoNumberIsNamed() {
        write("table", "x", "string", List.of("1.5", "abc", "7", "1e400"));
        new CommandRuns(folder)
                .refused(
                        ExitCode.DATA,
                        "train --format parquet --data @table --label y --weight x --output @out",
                        "has \"abc\" in the weight column x, where numbers are needed",
                        true);
    }

    @Test
    void decimalsHaveTheSameNamesAsTexts() throws IOException {
        BigDecimal small = new BigDecimal("0.0000000100");
        write("table", "d", "decimal(20,10)", List.of(small, BigDecimal.TEN, small, BigDecimal.TEN));
        new CommandRuns(folder)
                .ok("train --format parquet --data @table --label y --text-columns d --reg-param 0.1 --output @out");
        String model = Files.readString(folder.resolve("out/model.json"));
        assertTrue(model.contains("1.00E-8"), model);
        assertTrue(model.contains("10.0000000000"), model);
    }

    @Test
    void wholeNumbersOverflowAsBefore() {
        write("table", "x", "bigint", List.of(Long.MAX_VALUE, 0L, Long.MIN_VALUE, 5L));
        CommandRuns runs = new CommandRuns(folder);
        String train = "train --format parquet --data @table --label y --reg-param 0.1 --output ";
        runs.ok(train + "@out");
        assertEquals("succeeded", runs.json("out/summary.json").path("status").asText());
    }

    @Test
    void theEstimatorTrainsTheSameModel() {
        Dataset<Row> rows = spark.createDataFrame(
                List.of(
                        RowFactory.create(new BigDecimal("0"), 1L, new int[] {1, 2}),
                        RowFactory.create(new BigDecimal("1"), 2L, new int[] {2, 2}),
                        RowFactory.create(new BigDecimal("0"), 3L, new int[] {3, 7}),
                        RowFactory.create(new BigDecimal("1"), 1L, new int[] {9, Integer.MAX_VALUE})),
                new StructType()
                        .add("label", "decimal(10,2)")
                        .add("weight", "bigint")
                        .add("features", DataTypes.createArrayType(DataTypes.IntegerType)));
        LogisticRegressionModel ansi = estimator().fit(rows);
        spark.conf().set(ANSI, false);
        LogisticRegressionModel legacy = estimator().fit(rows);
        assertArrayEquals(legacy.coefficients().toArray(), ansi.coefficients().toArray(), 0);
        assertEquals(legacy.intercept(), ansi.intercept());
    }

    private static GpuLogisticRegression estimator() {
        GpuLogisticRegression estimator = new GpuLogisticRegression();
        estimator.setWeightCol("weight").setRegParam(0.1);
        return estimator;
    }

    /** Writes a table of a column, a label y and a number z in Parquet. */
    private void write(String name, String column, String type, List<?> values) {
        List<Row> rows = new ArrayList<>();
        for (Object value : values) {
            rows.add(RowFactory.create(value, rows.size() % 2, 0.5 * rows.size()));
        }
        spark.createDataFrame(
                        rows, new StructType().add(column, type).add("y", "int").add("z", "double"))
                .coalesce(1)
                .write()
                .parquet(folder.resolve(name).toString());
    }
}

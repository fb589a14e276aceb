package org.sparkgrad.job.assemble;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.delta.sql.DeltaSparkSessionExtension;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgrad.job.TestSpark;
import org.sparkgrad.job.config.DataSettings;
import org.sparkgrad.job.ml.GpuLogisticRegression;
import org.sparkgrad.job.read.ColumnBatches;
import org.sparkgrad.job.read.TestSettings;

/** Rows that a Delta table has deleted are still in its Parquet files: a filter above the reader leaves them out. */
class DeltaTest {
    private static final int ROWS = 9_000;

    private SparkSession spark;
    private Dataset<Row> table;

    @TempDir
    private Path folder;

    /** Deletes rows in one of two files; some of the deletions are marks beside the file. */
    @BeforeEach
    void write() {
        TestSpark.session("local[2]");
        SparkSession.clearActiveSession();
        SparkSession.clearDefaultSession();
        spark = SparkSession.builder()
                .withExtensions(new DeltaSparkSessionExtension())
                .getOrCreate();
        spark.conf().set("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog");
        spark.range(0, ROWS, 1, 2)
                .selectExpr("id AS _rowNumber", "float(id / 7) AS a", "id % 11 / 3D AS b", "int(id % 7 < 3) AS label")
                .write()
                .format("delta")
                .option("delta.enableDeletionVectors", "true")
                .save(folder.toString());
        spark.sql("DELETE FROM delta.`" + folder + "` WHERE _rowNumber % 5 = 1 AND _rowNumber < 4000");
        table = spark.read().format("delta").load(folder.toString()).select("a", "b", "label", "_rowNumber");
    }

    @Test
    void deletedRowsAreLeftOut() {
        assertEquals(ROWS - 800, table.count());
        assertEquals(2, table.inputFiles().length, "no file is written again");
        assertTrue(ColumnBatches.ofReader(table).isEmpty());
        DataSettings settings = TestSettings.parquet(folder);
        List<Instance> read = Instances.of(Assembly.of(table, settings), table);
        Map<Long, Row> rows =
                table.collectAsList().stream().collect(Collectors.toMap(row -> row.getLong(3), Function.identity()));
        assertEquals(rows.size(), read.size());
        for (Instance instance : read) {
            Row row = Objects.requireNonNull(rows.get(instance.rowNumber()));
            assertEquals(row.getFloat(0), instance.features().apply(0));
            assertEquals(row.getDouble(1), instance.features().apply(1));
            assertEquals(row.getInt(2), instance.label());
        }
    }

    @Test
    void theEstimatorTrainsOnWhatIsLeft() {
        Dataset<Row> collected = spark.createDataFrame(table.collectAsList(), table.schema());
        assertEquals(model(collected).coefficients(), model(table).coefficients());
    }

    private static LogisticRegressionModel model(Dataset<Row> rows) {
        return new GpuLogisticRegression()
                .setEngine("cpu")
                .fit(new VectorAssembler()
                        .setInputCols(new String[] {"a", "b"})
                        .setOutputCol("features")
                        .transform(rows));
    }
}

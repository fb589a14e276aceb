package org.sparkgrad.job.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.sparkgrad.job.read.Problems.assertDataProblem;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkgrad.job.TestSpark;
import org.sparkgrad.job.assemble.RowBatch;
import org.sparkgrad.job.config.DataSettings;
import org.sparkgrad.job.model.SavedModel;
import org.sparkgrad.job.read.TableReader;
import org.sparkgrad.job.read.TestSettings;

/** Columns of numbers that a model puts side by side give the rows that its vectors give. */
class ModelRowsTest {
    private static final String COLUMNS =
            "id / 7D AS a, int(id % 5) AS b, id % 3 = 0 AS c, cast(id / 9 AS decimal(12, 3)) AS d";

    private final SparkSession spark = TestSpark.session("local[2]");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"1D", "int(id % 3)", "id % 2 = 0", "string(id % 4)"})
    void columnsAreVectors(String weight) throws IOException {
        Dataset<Row> table = written("table", COLUMNS + ", id % 2 AS label, " + weight + " AS w");
        SavedModel columns = model(table, "error");
        SavedModel vectors = model(table, "keep");
        assertTrue(columns.numbers(table).isPresent());
        assertTrue(vectors.numbers(table).isEmpty());
        for (String weighted : new String[] {null, "w"}) {
            DataSettings settings = settings("table", weighted);
            Map<Long, List<Double>> rows = rows(columns, table, settings);
            assertEquals(1000, rows.size());
            assertEquals(rows(vectors, table, settings), rows);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    if(id = 700, null, 1D) AS d                      | Row 700 has no number in column d
                    if(id = 700, double('Infinity'), 1D) AS d        | Row 700 has Infinity in column d
                    1 AS d, if(id = 700, -1, 1) AS w                 | Row 700 has no weight in column w
                    1 AS d, if(id = 700, null, 1) AS w               | Row 700 has no weight in column w
                    1 AS d, if(id = 700, 'x', '1') AS w              | Row 700 has no weight in column w
                    1 AS d, if(id = 700, 7, id % 2) AS label         | Row 700 has the label "7"
                    1 AS d, if(id = 700, null, id % 2) AS label      | Row 700 has no label
                    """)
    void wrongCellsAreNamed(String columns, String message) throws IOException {
        SavedModel model = model(written("table", COLUMNS + ", id % 2 AS label"), "error");
        String label = columns.contains("AS label") ? "" : ", id % 2 AS label";
        Dataset<Row> wrong = written("wrong", "id / 7D AS a, 1 AS b, true AS c, " + columns + label);
        DataSettings settings = settings("wrong", columns.contains("AS w") ? "w" : null);
        assertDataProblem(() -> ModelRows.of(model, wrong, settings).collect(), message);
    }

    @Test
    void labelsOfOtherTypesAreText() throws IOException {
        SavedModel model = model(written("table", COLUMNS + ", id % 2 AS label"), "error");
        Dataset<Row> dates = written("dates", COLUMNS + ", date'2024-05-01' AS label");
        assertDataProblem(
                () -> ModelRows.of(model, dates, settings("dates", null)).collect(), "the label \"2024-05-01\"");
    }

    private DataSettings settings(String name, @Nullable String weight) {
        return TestSettings.columns(TestSettings.parquet(folder.resolve(name)), "label", List.of(), List.of(), weight);
    }

    private static Map<Long, List<Double>> rows(SavedModel model, Dataset<Row> table, DataSettings settings) {
        Map<Long, List<Double>> rows = new TreeMap<>();
        for (RowBatch batch : ModelRows.of(model, table, settings).collect()) {
            for (int row = 0; row < batch.rows(); row++) {
                double[] x = new double[4];
                batch.copy(row, x);
                rows.put(
                        batch.ids()[row],
                        List.of((double) batch.labels()[row], batch.weights()[row], x[0], x[1], x[2], x[3]));
            }
        }
        return rows;
    }

    private SavedModel model(Dataset<Row> table, String handleInvalid) throws IOException {
        VectorAssembler assembler = new VectorAssembler()
                .setInputCols(new String[] {"a", "b", "c", "d"})
                .setOutputCol("features")
                .setHandleInvalid(handleInvalid);
        String path = folder + "/model-" + handleInvalid;
        new Pipeline()
                .setStages(new PipelineStage[] {assembler, new LogisticRegression().setMaxIter(1)})
                .fit(table)
                .write()
                .overwrite()
                .save(path);
        return SavedModel.load(spark, path);
    }

    private Dataset<Row> written(String name, String columns) {
        spark.range(0, 1000, 1, 2).createOrReplaceTempView("ids");
        spark.sql("SELECT " + columns + " FROM ids").write().parquet(folder + "/" + name);
        return TableReader.read(spark, TestSettings.parquet(folder.resolve(name)))
                .rows();
    }
}

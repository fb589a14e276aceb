package org.sparkgrad.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkgrad.job.assemble.RowBatch;
import org.sparkgrad.job.config.TrainConfiguration;
import org.sparkgrad.job.evaluate.ModelRows;
import org.sparkgrad.job.evaluate.Predictions;
import org.sparkgrad.job.model.SavedModel;
import org.sparkgrad.job.read.Table;
import org.sparkgrad.job.read.TableReader;
import org.sparkgrad.job.report.Progress;
import org.sparkgrad.job.report.ProgressStep;
import org.sparkgrad.job.report.TrainingSummary;
import org.sparkgrad.job.run.Trainer;

/** Labels as people have them, from the training files to predictions. */
class LabelCasesTest {
    private static final Path CASES = Path.of("src", "test", "resources", "cases");

    private final SparkSession spark = TestSpark.session("local[2]");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "labels-2-4/nomissing.csv, 2;4, --ignore-columns=0",
        "booleans/bool.csv, false;true, --header",
        "label-flip/day1.csv, leave;stay, --header",
        "label-flip/day2.csv, leave;stay, --header"
    })
    void casesAreTwoClasses(String file, String labels, String option) {
        assertGoesRound(CASES.resolve(file), labels, option);
    }

    @ParameterizedTest
    @CsvSource({"3;4;5;6;7;8", "1;2;3;5;6;7", "0.5;1.5", "-5;1000000000000", "2;2147483648", "false;true"})
    void relatives(String labels) throws IOException {
        String[] all = labels.split(";", -1);
        List<String> lines = new ArrayList<>();
        for (int row = 0; row < 20 * all.length; row++) {
            lines.add((row % all.length) + 0.1 * (row % 7) + "," + all[row % all.length]);
        }
        assertGoesRound(Files.write(folder.resolve("data.csv"), lines), labels, "--max-iter=20");
    }

    @Test
    void booleansInParquet() {
        String path = folder.resolve("b.parquet").toString();
        spark.range(60)
                .selectExpr("id % 10 / 3.0 AS x", "id % 10 > 4 AS y")
                .write()
                .parquet(path);
        assertGoesRound(Path.of(path), "false;true", "--max-iter=20");
    }

    /** Trains, says the order, and scores the training table by stock Spark and by this project alike. */
    private void assertGoesRound(Path file, String labels, String option) {
        List<String> notes = new ArrayList<>();
        TrainConfiguration configuration = TrainConfiguration.read(List.of(
                "--data=" + file, "--output=" + folder.resolve("out"), "--engine=cpu", "--reg-param=0.01", option));
        TrainingSummary summary = Trainer.train(spark, configuration.settings(), configuration.config(), note(notes));
        List<String> expected = List.of(labels.split(";"));
        assertEquals(expected, summary.data().labels());
        String order = expected.size() == 2
                ? "labels: %s (0), %s (1, positive)".formatted(expected.get(0), expected.get(1))
                : "labels: %s (0), ".formatted(expected.get(0));
        assertTrue(notes.stream().anyMatch(note -> note.startsWith(order)), notes.toString());

        String path = folder.resolve("out/model").toString();
        SavedModel model = SavedModel.load(spark, path);
        assertEquals(expected, model.labels());
        Table table = TableReader.read(spark, configuration.settings().data());
        String label = model.labelColumn();
        assertEquals(
                table.rows().count(),
                ModelRows.of(model, table.rows(), configuration.settings().data()).collect().stream()
                        .mapToLong(RowBatch::rows)
                        .sum());
        Dataset<Row> predicted = Predictions.of(model, table.rows());
        Dataset<Row> stock = PipelineModel.load(path).transform(table.rows());
        List<String> ours = text(predicted, Predictions.PREDICTION);
        assertEquals(ours, text(stock, "predictedLabel"));
        assertTrue(expected.containsAll(ours) && ours.stream().distinct().count() > 1, label + " of " + ours);
    }

    private static List<String> text(Dataset<Row> table, String column) {
        return table.select(column).collectAsList().stream()
                .map(row -> row.get(0).toString())
                .sorted()
                .collect(Collectors.toList());
    }

    private static Progress note(List<String> notes) {
        return new Progress() {
            @Override
            public void note(String line) {
                notes.add(line);
            }

            @Override
            public void step(ProgressStep step) {}

            @Override
            public void done() {}
        };
    }
}

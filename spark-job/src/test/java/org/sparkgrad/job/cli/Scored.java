package org.sparkgrad.job.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.sparkgrad.job.TestSpark;
import org.sparkgrad.job.config.DataSettings;
import org.sparkgrad.job.config.ScoreConfiguration;
import org.sparkgrad.job.model.SavedModel;
import org.sparkgrad.job.read.TableReader;
import org.sparkgrad.score.ModelScorer;

/**
 * A table scored by the stages of the saved Spark model, and the scorer of the same run.
 *
 * @param model the Spark model
 * @param scorer the scorer without Spark
 * @param rows the table's rows
 */
record Scored(SavedModel model, ModelScorer scorer, List<ScoredRow> rows) {
    /**
     * A row.
     *
     * @param cells by column, vectors as arrays
     * @param label the likeliest, if there are probabilities
     * @param probabilities of each label; empty for a row that the model leaves out
     */
    record ScoredRow(Map<String, Object> cells, String label, Optional<double[]> probabilities) {}

    /** Scores the table that the options name by the model of a run's output. */
    static Scored of(Path output, String data) {
        SparkSession spark = TestSpark.session("local[2]");
        List<String> options = List.of(("--model " + output.resolve("model") + " --output none " + data).split(" +"));
        SavedModel model = SavedModel.load(spark, output.resolve("model").toString());
        DataSettings settings = ScoreConfiguration.predict(options).data();
        Dataset<Row> table = TableReader.read(spark, settings, model.expected()).rows();
        List<ScoredRow> rows = new ArrayList<>();
        List<String> names = List.of(table.columns());
        for (Row row : model.scored(table, "scores").collectAsList()) {
            int place = row.fieldIndex("scores");
            List<Double> scores = row.isNullAt(place) ? List.of(0.0) : row.getList(place);
            double[] probabilities =
                    scores.stream().skip(1).mapToDouble(Double::doubleValue).toArray();
            rows.add(new ScoredRow(
                    cells(row, names),
                    model.labels().get(scores.get(0).intValue()),
                    probabilities.length == 0 ? Optional.empty() : Optional.of(probabilities)));
        }
        try {
            return new Scored(model, ModelScorer.read(output.resolve("model.json")), rows);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Writes a table of a number that tells its label, a column y, but for some overlap. */
    static void writeLabels(Path file, String[] labels) throws IOException {
        StringBuilder table = new StringBuilder("x,y\n");
        for (int i = 0; i < 60; i++) {
            table.append(i % labels.length + 0.1 * (i % 7))
                    .append(',')
                    .append(labels[i % labels.length])
                    .append('\n');
        }
        Files.writeString(file, table);
    }

    private static Map<String, Object> cells(Row row, List<String> names) {
        Map<String, Object> cells = new HashMap<>();
        for (String name : names) {
            int place = row.fieldIndex(name);
            Object cell = row.get(place);
            if (cell instanceof Vector vector) {
                cells.put(name, vector.toArray());
            } else if (cell instanceof scala.collection.Seq<?>) {
                cells.put(name, row.getList(place));
            } else {
                cells.put(name, cell);
            }
        }
        return cells;
    }
}

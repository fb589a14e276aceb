package org.sparkgrad.job.read;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkgrad.job.TestSpark;
import org.sparkgrad.job.config.TrainConfiguration;
import org.sparkgrad.job.evaluate.Predictions;
import org.sparkgrad.job.model.SavedModel;
import org.sparkgrad.job.report.Progress;
import org.sparkgrad.job.report.TrainingSummary;
import org.sparkgrad.job.run.Trainer;

/**
 * A table trained from each format in double precision: one objective, one set of predictions. By default tables that have
 * every two of: none to two columns of text, a label of text or numbers, cells missing or not; with -Dsparkgrad.full=true 20
 * tables.
 */
class TrainedDialectsTest {
    private static final double OBJECTIVE = 1e-9;
    private static final double PREDICTION = 1e-6;

    private static final int TABLES = 20;

    private static final List<Dialect> OTHERS = List.of(Dialect.TSV, Dialect.PARQUET);

    @TempDir
    private Path folder;

    private final SparkSession spark = TestSpark.interpreted();

    private int files;

    /** A model's objective, and the probabilities of each row. */
    private record Model(double objective, List<Double> probabilities) {}

    static List<Integer> seeds() {
        return WrittenTable.seeds(TABLES, TrainedDialectsTest::kinds);
    }

    private static Set<?> kinds(WrittenTable table) {
        String texts = "texts " + table.texts();
        String label = "text label " + table.hasTextLabel();
        String missing = "missing " + table.hasMissing();
        return Set.of(List.of(texts, label), List.of(texts, missing), List.of(label, missing));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theModelIsOne(int seed) throws IOException {
        WrittenTable table = WrittenTable.of(seed);
        Model expected = model(table, Dialect.CSV);
        for (Dialect other : OTHERS) {
            assertSame(expected, model(table, other), other + " of seed " + seed);
        }
        WrittenTable numbers = table.numbersOnly();
        assertSame(model(numbers, Dialect.CSV), libsvm(numbers), "LIBSVM of seed " + seed);
    }

    private static void assertSame(Model expected, Model model, String what) {
        assertEquals(expected.objective, model.objective, OBJECTIVE, what);
        assertEquals(expected.probabilities.size(), model.probabilities.size(), what);
        for (int i = 0; i < expected.probabilities.size(); i++) {
            assertEquals(expected.probabilities.get(i), model.probabilities.get(i), PREDICTION, what);
        }
    }

    private Model model(WrittenTable table, Dialect dialect) throws IOException {
        Path file = folder.resolve(++files + "." + dialect.ending());
        dialect.write(table, file);
        return trained(file, dialect.options() + " --label y --weight w --missing mean");
    }

    private Model libsvm(WrittenTable table) throws IOException {
        List<String> lines = new ArrayList<>();
        int weight = table.names().size() - 2;
        for (List<Object> row : table.cells()) {
            StringBuilder line = new StringBuilder(row.get(weight + 1) + ":").append(row.get(weight));
            for (int column = 0; column < weight; column++) {
                line.append(' ').append(column + 1).append(':').append(row.get(column));
            }
            lines.add(line.toString());
        }
        return trained(Files.write(folder.resolve("data.libsvm"), lines), "--format libsvm");
    }

    private Model trained(Path file, String options) {
        String output = file + "-out";
        List<String> arguments = new ArrayList<>(List.of(
                "--data=" + file, "--output=" + output, "--engine=cpu", "--precision=double", "--reg-param=0.01"));
        Stream.of(options.split(" +", -1)).filter(word -> !word.isEmpty()).forEach(arguments::add);
        TrainConfiguration configuration = TrainConfiguration.read(arguments);
        TrainingSummary summary =
                Trainer.train(spark, configuration.settings(), configuration.config(), Progress.SILENT);
        Table table = TableReader.read(spark, configuration.settings().data());
        SavedModel model = SavedModel.load(spark, output + "/model");
        Dataset<Row> predicted = Predictions.of(model, table.rows());
        int labels = model.labels().size();
        int first = predicted.columns().length - labels;
        List<Double> probabilities = predicted.collectAsList().stream()
                .flatMap(row -> Stream.iterate(0, k -> k < labels, k -> k + 1).map(k -> row.getDouble(first + k)))
                .toList();
        return new Model(summary.objective(), probabilities);
    }
}

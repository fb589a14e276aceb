package org.sparkgrad.job.run;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.job.assemble.RowBatch;
import org.sparkgrad.job.config.DataSettings;
import org.sparkgrad.job.config.DataSettings.Format;
import org.sparkgrad.job.config.OutputSettings;
import org.sparkgrad.job.config.ScoreConfiguration;
import org.sparkgrad.job.config.TrainSettings;
import org.sparkgrad.job.evaluate.Evaluator;
import org.sparkgrad.job.evaluate.Metrics;
import org.sparkgrad.job.evaluate.ModelRows;
import org.sparkgrad.job.evaluate.Predictions;
import org.sparkgrad.job.evaluate.VectorParquet;
import org.sparkgrad.job.model.SavedModel;
import org.sparkgrad.job.output.OutputFolder;
import org.sparkgrad.job.read.ReadReport;
import org.sparkgrad.job.read.Table;
import org.sparkgrad.job.read.TableReader;
import org.sparkgrad.job.report.EvaluationSummary;
import org.sparkgrad.job.report.ReadText;
import org.sparkgrad.job.report.SummaryJson;
import org.sparkgrad.job.report.TrainingSummary;
import org.sparkgrad.job.report.TrainingSummary.Status;
import org.sparkgrad.job.report.Versions;
import org.sparkgrad.job.shard.DataSize;
import org.sparkgrad.job.shard.Holdout;
import org.sparkgrad.job.shard.ShardCount;
import org.sparkgrad.job.shard.Sharding;
import org.sparkgrad.job.shard.Shards;

/** The flow of a saved model over a table: measures the model, or writes its predictions. */
public final class Scoring {
    /** The default seed of training. With the same rows, sums have the same order as in training. */
    private static final long SEED = 42;

    private static final String ROWS = "rows";

    private Scoring() {}

    /**
     * Measures a model.
     *
     * @param note receives a line about each change to old output
     * @throws org.sparkgrad.job.problem.JobException for errors that the user can correct
     */
    public static Metrics evaluate(SparkSession spark, ScoreConfiguration configuration, Consumer<String> note) {
        OutputFolder output = prepare(spark, configuration.output(), note);
        return recording(output, configuration, () -> {
            SavedModel model = SavedModel.load(spark, configuration.model());
            Table table = ModelRows.labelled(
                    model, TableReader.read(spark, configuration.data(), model.expected()), configuration.data());
            ReadText.lines(table.report()).forEach(note);
            Measured measured = table.places()
                    .naming(() -> measure(
                            spark,
                            model,
                            ModelRows.of(model, table.rows(), configuration.data()),
                            configuration.data()));
            if (output != null) {
                output.writeText(
                        "summary.json", SummaryJson.text(summary(configuration, model, table.report(), measured)));
                output.publish();
            }
            return measured.metrics();
        });
    }

    /**
     * Writes a table with the predictions of a model.
     *
     * @param note receives a line about each change to old output
     * @return the number of rows
     * @throws org.sparkgrad.job.problem.JobException for errors that the user can correct
     */
    public static long predict(SparkSession spark, ScoreConfiguration configuration, Consumer<String> note) {
        OutputFolder output = prepare(spark, configuration.output(), note);
        if (output == null) {
            throw new IllegalArgumentException("a prediction has an output");
        }
        return recording(output, configuration, () -> {
            SavedModel model = SavedModel.load(spark, configuration.model());
            Table table = TableReader.read(spark, configuration.data(), model.expected());
            ReadText.lines(table.report()).forEach(note);
            Observation written = new Observation(); // counting the table itself would read the files again
            Dataset<Row> predictions = Predictions.of(model, table.rows())
                    .observe(written, count(lit(1)).as(ROWS));
            return table.places().naming(() -> {
                write(predictions, TableReader.withDetectedFormat(spark, configuration.data()), output.path());
                output.publish();
                return rows(written);
            });
        });
    }

    /**
     * Returns the separator for predictions. With runs of blanks, missing cells could not be found, so commas are used
     * instead.
     */
    private static String separator(String delimiter) {
        return delimiter.equals(DataSettings.BLANKS) ? "," : delimiter;
    }

    private static void write(Dataset<Row> predictions, DataSettings settings, String path) {
        var writer = predictions.write().mode(SaveMode.Append);
        Format format = settings.format();
        if (format == Format.CSV || format == Format.TSV) {
            writer.option("header", true)
                    .option("sep", format == Format.TSV ? "\t" : separator(settings.delimiter()))
                    .option("escape", "\"")
                    .option("ignoreLeadingWhiteSpace", false)
                    .option("ignoreTrailingWhiteSpace", false)
                    .csv(path);
        } else {
            writer.format(VectorParquet.class.getName()).save(path);
        }
    }

    /**
     * The quality of a model on the held-out rows of a training.
     *
     * @param metrics the metrics of the model
     * @param rows the effective number of rows, (sum w)^2 / sum w^2
     * @param scores the result of the {@link ScoreReader}
     */
    public record HeldOut<T>(Metrics metrics, double rows, T scores) {}

    /** Receives the predictions of a model. */
    @FunctionalInterface
    public interface ScoreReader<T> {
        /**
         * Reads probabilities.
         *
         * @param probabilities the probabilities of the rows of each shard whose weight is above 0
         * @param rows the largest possible number of these rows
         * @param names the names of the probabilities' columns
         */
        T read(JavaRDD<double[][]> probabilities, long rows, List<String> names);
    }

    /**
     * Measures a model on the held-out rows of a training. These are its test files, or the share of its training files
     * that {@link Holdout} chooses with the seed of the training.
     *
     * @param model the folder of any model over these columns
     * @param reader receives the probabilities
     * @throws org.sparkgrad.job.problem.JobException if the model cannot be measured on these rows
     */
    public static <T> HeldOut<T> heldOut(
            SparkSession spark, String model, TrainSettings settings, ScoreReader<T> reader) {
        boolean files = !settings.data().testData().isEmpty();
        DataSettings data = files ? settings.data().forTest() : settings.data();
        SavedModel saved = SavedModel.load(spark, model);
        Table table = ModelRows.labelled(saved, TableReader.read(spark, data, saved.expected()), data);
        double fraction = settings.optimizer().validation().fraction();
        long seed = settings.optimizer().seed();
        return table.places().naming(() -> {
            JavaRDD<RowBatch> all = ModelRows.of(saved, table.rows(), data);
            JavaRDD<RowBatch> rows = files ? all : Holdout.validation(all, fraction, seed);
            List<String> names = saved.coefficients().outputs() == 1
                    ? List.of("probability of " + saved.labels().get(1))
                    : saved.labels().stream()
                            .map(label -> "probability of " + label)
                            .toList();
            return sharded(spark, saved, rows, data, found -> {
                Shards shards = found.shards();
                return new HeldOut<>(
                        Evaluator.evaluate(shards, saved.coefficients(), saved.labels()),
                        shards.statistics(saved.labels().size()).effectiveRows(),
                        reader.read(
                                Evaluator.probabilities(shards, saved.coefficients()),
                                found.size().rows(),
                                names));
            });
        });
    }

    /** The metrics, and the size of the data. */
    private record Measured(Metrics metrics, DataSize size) {}

    private static Measured measure(SparkSession spark, SavedModel model, JavaRDD<RowBatch> rows, DataSettings data) {
        return sharded(
                spark,
                model,
                rows,
                data,
                found -> new Measured(
                        Evaluator.evaluate(found.shards(), model.coefficients(), model.labels()), found.size()));
    }

    /** Brings rows into shards while they are measured. */
    private static <T> T sharded(
            SparkSession spark,
            SavedModel model,
            JavaRDD<RowBatch> rows,
            DataSettings data,
            Function<Sharding.SizedShards, T> measure) {
        try (Sharding sharding = new Sharding(new JavaSparkContext(spark.sparkContext()), SEED)) {
            return measure.apply(sharding.sized(
                    rows, data.dense(), model.features(), size -> ShardCount.of(size, Precision.FLOAT, null)));
        }
    }

    private static long rows(Observation written) {
        try {
            return (Long) Objects.requireNonNull(written.getAsJava().get(ROWS));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    private static EvaluationSummary summary(
            ScoreConfiguration configuration, SavedModel model, ReadReport report, Measured measured) {
        return new EvaluationSummary(
                Status.SUCCEEDED,
                model.path(),
                new TrainingSummary.Data(
                        measured.size().rows(),
                        model.features(),
                        model.labels().size(),
                        model.labels(),
                        null,
                        null,
                        null,
                        ReadText.summary(report)),
                measured.metrics(),
                configuration.config(),
                Versions.current());
    }

    private static @Nullable OutputFolder prepare(
            SparkSession spark, @Nullable OutputSettings settings, Consumer<String> note) {
        return settings == null
                ? null
                : OutputFolder.prepare(spark.sparkContext().hadoopConfiguration(), settings, note);
    }

    private static <T> T recording(@Nullable OutputFolder output, ScoreConfiguration configuration, Supplier<T> work) {
        try {
            return work.get();
        } catch (Throwable failure) { // Spark throws checked exceptions that no signature declares
            if (output != null) {
                Summaries.recordFailure(output, failure, configuration.config());
            }
            throw failure;
        }
    }
}

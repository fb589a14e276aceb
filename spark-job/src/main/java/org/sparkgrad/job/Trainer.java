package org.sparkgrad.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.sql.SparkSession;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.job.config.EngineSettings;
import org.sparkgrad.job.config.ModelSettings.LossKind;
import org.sparkgrad.job.config.OptimizerSettings;
import org.sparkgrad.job.config.TrainSettings;
import org.sparkgrad.job.evaluate.Evaluator;
import org.sparkgrad.job.exchange.EngineChoice;
import org.sparkgrad.job.exchange.EngineChooser;
import org.sparkgrad.job.exchange.Lockstep;
import org.sparkgrad.job.exchange.Losses;
import org.sparkgrad.job.exchange.MemoryPlan;
import org.sparkgrad.job.exchange.Workplace;
import org.sparkgrad.job.model.InitialModel;
import org.sparkgrad.job.model.SparkModels;
import org.sparkgrad.job.optimize.DriverAlgebra;
import org.sparkgrad.job.report.OutputFolder;
import org.sparkgrad.job.report.Progress;
import org.sparkgrad.job.report.Stopwatch;
import org.sparkgrad.job.report.Stopwatch.Stage;
import org.sparkgrad.job.report.SummaryJson;
import org.sparkgrad.job.report.TrainingPlan;
import org.sparkgrad.job.report.TrainingSummary;

/** The flow of a training run, a line a stage. */
public final class Trainer {
    private Trainer() {}

    /**
     * Trains, evaluates and saves.
     *
     * @param config the settings as keys and values, for the summary
     * @param progress hears how it goes
     * @throws org.sparkgrad.job.problem.JobException for what the user can mend; OUTPUT.failed/summary.json then tells it
     */
    public static TrainingSummary train(
            SparkSession session, TrainSettings settings, Map<String, Object> config, Progress progress) {
        DriverAlgebra.pin();
        if (settings.output() == null) {
            throw new IllegalArgumentException("a training run has an output");
        }
        OutputFolder output =
                OutputFolder.prepare(session.sparkContext().hadoopConfiguration(), settings.output(), progress::note);
        try {
            TrainingSummary summary = run(session, settings, config, progress, output);
            output.writeText("summary.json", SummaryJson.text(summary));
            output.publish();
            return summary;
        } catch (Throwable failure) { // Spark's exceptions are checked ones that no signature declares
            Summaries.recordFailure(output, failure, config);
            throw failure;
        }
    }

    /**
     * Minimises, the part of a run that every entry shares.
     *
     * @throws org.sparkgrad.job.problem.JobException if there is no such engine, or the objective leaves the finite numbers
     */
    public static Trained fit(SparkSession session, TrainingTask task, EngineSettings settings, Progress progress) {
        try (TrainingSession training = open(session, task.set(), task.model().loss(), settings, 1, progress)) {
            return training.train(task, progress);
        }
    }

    /**
     * Opens a set for trainings of one loss.
     *
     * @param models how many are trained at once, at most
     * @throws org.sparkgrad.job.problem.JobException if there is no such engine
     */
    public static TrainingSession open(
            SparkSession session,
            TrainingSet set,
            LossKind loss,
            EngineSettings settings,
            int models,
            Progress progress) {
        DriverAlgebra.pin();
        JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
        EngineChoice engine = EngineChooser.choose(spark, settings);
        int shards = set.rows().count();
        int outputs = Losses.of(loss, set.classes()).outputs();
        int together = Math.min(models, Lockstep.most(outputs * (set.features() + 1)));
        MemoryPlan memory =
                MemoryPlan.of(set.size(), shards, engine, outputs * together, Workplace.ask(spark, engine, shards));
        return TrainingSession.open(spark, set, loss, engine, memory, progress);
    }

    /**
     * Goes through the stages before the first step and tells what would follow; trains nothing and writes nothing.
     *
     * @param progress hears how it goes
     * @throws org.sparkgrad.job.problem.JobException for what {@link #train} would refuse so far
     */
    public static TrainingPlan plan(SparkSession session, TrainSettings settings, Progress progress) {
        if (settings.output() != null) {
            OutputFolder.check(session.sparkContext().hadoopConfiguration(), settings.output());
        }
        return Summaries.plan(Prepared.of(session, settings, progress, new Stopwatch()));
    }

    private static TrainingSummary run(
            SparkSession session,
            TrainSettings settings,
            Map<String, Object> config,
            Progress progress,
            OutputFolder output) {
        JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
        Stopwatch watch = new Stopwatch();
        Prepared prepared = Prepared.of(session, settings, progress, watch);
        TrainingData data = prepared.data();
        TrainingTask task = task(session, settings, prepared);
        Trained trained = watch.time(
                Stage.TRAIN, () -> Training.run(spark, task, prepared.engine(), prepared.memory(), progress));
        TrainingSummary.MetricsBySet metrics = watch.time(Stage.EVALUATE, () -> evaluate(data, trained));
        watch.time(Stage.SAVE, () -> save(data, trained, output));
        return Summaries.of(settings, config, data, trained, metrics, watch.seconds());
    }

    private static TrainingTask task(SparkSession session, TrainSettings settings, Prepared prepared) {
        OptimizerSettings optimizer = settings.optimizer();
        TrainingData data = prepared.data();
        List<String> labels = data.assembly().labels();
        int outputs = prepared.loss().outputs();
        Coefficients initial = optimizer.initialModel() == null
                ? null
                : InitialModel.read(
                        session,
                        optimizer.initialModel(),
                        labels,
                        outputs,
                        data.set().features());
        return new TrainingTask(data.set(), settings.model(), optimizer, initial, null);
    }

    private static TrainingSummary.MetricsBySet evaluate(TrainingData data, Trained trained) {
        var labels = data.assembly().labels();
        return new TrainingSummary.MetricsBySet(
                Evaluator.evaluate(data.shards(), trained.coefficients(), labels),
                data.validation() == null
                        ? null
                        : Evaluator.evaluate(data.validation(), trained.coefficients(), labels),
                data.test() == null ? null : Evaluator.evaluate(data.test(), trained.coefficients(), labels));
    }

    private static String save(TrainingData data, Trained trained, OutputFolder output) {
        String path = output.path("model");
        MLWritable model = (MLWritable) data.assembly().pipeline(SparkModels.of(trained.coefficients()));
        try {
            model.save(path);
            return path;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}

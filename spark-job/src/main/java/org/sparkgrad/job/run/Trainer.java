package org.sparkgrad.job.run;

import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.Model;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.loss.Loss;
import org.sparkgrad.job.checkpoint.CheckpointFolder;
import org.sparkgrad.job.checkpoint.Checkpoints;
import org.sparkgrad.job.checkpoint.Interruption;
import org.sparkgrad.job.config.DecisiveKeys;
import org.sparkgrad.job.config.EngineSettings;
import org.sparkgrad.job.config.OptimizerSettings;
import org.sparkgrad.job.config.OutputSettings;
import org.sparkgrad.job.config.TrainSettings;
import org.sparkgrad.job.model.InitialModel;
import org.sparkgrad.job.model.ModelFiles;
import org.sparkgrad.job.model.SparkModels;
import org.sparkgrad.job.model.StockFiles;
import org.sparkgrad.job.optimize.DriverAlgebra;
import org.sparkgrad.job.optimize.Optimizers;
import org.sparkgrad.job.output.OutputFolder;
import org.sparkgrad.job.output.OutputNames;
import org.sparkgrad.job.placement.EngineChoice;
import org.sparkgrad.job.placement.EngineChooser;
import org.sparkgrad.job.report.Progress;
import org.sparkgrad.job.report.RunCurves;
import org.sparkgrad.job.report.RunReport;
import org.sparkgrad.job.report.StageTimes;
import org.sparkgrad.job.report.StageTimes.Stage;
import org.sparkgrad.job.report.SummaryJson;
import org.sparkgrad.job.report.TrainingPlan;
import org.sparkgrad.job.report.TrainingSummary;
import org.sparkgrad.job.shard.Sharding;
import org.sparkgrad.job.train.Losses;
import org.sparkgrad.job.train.Minimizer;
import org.sparkgrad.job.train.ResumeCheck;
import org.sparkgrad.job.train.TrainingInterrupted;
import org.sparkgrad.job.train.TrainingResult;
import org.sparkgrad.job.train.TrainingSet;
import org.sparkgrad.job.train.TrainingSetup;
import org.sparkgrad.job.train.TrainingTask;
import org.sparkgrad.score.ModelFile;

/** The flow of a training run, with one line per stage. */
public final class Trainer {
    private static final String SEPARABLE = "the classes are separable: the model predicts every training row right."
            + " Without a penalty there is no optimum, and coefficients grow with each step: give --reg-param, such as"
            + " 0.01";

    private Trainer() {}

    /**
     * Trains, evaluates and saves a model.
     *
     * @param config every key with its value, for the summary
     * @param progress receives the progress
     * @throws org.sparkgrad.job.problem.JobException for errors that the user can correct; OUTPUT.failed/summary.json
     *     then contains the error
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
            Checkpoints checkpoints = checkpoints(session, settings.output(), output, config, progress);
            try (Sharding sharding = sharding(session, settings)) {
                TrainingSummary summary = run(session, settings, config, sharding, progress, output, checkpoints);
                output.publish();
                return summary;
            }
        } catch (TrainingInterrupted stopped) {
            output.interrupt(SummaryJson.text(Summaries.of(stopped, config)));
            throw stopped;
        } catch (Throwable failure) { // Spark throws checked exceptions that no signature declares
            boolean resumable = Summaries.recordFailure(output, failure, config);
            output.keptModel().ifPresent(model -> progress.note("what was trained is in %s".formatted(model)));
            if (resumable && ResumeCheck.helps(failure)) {
                progress.note(
                        "checkpoints are kept in %s: --resume goes on from the last".formatted(output.checkpoints()));
            }
            throw failure;
        }
    }

    private static Checkpoints checkpoints(
            SparkSession session,
            OutputSettings settings,
            OutputFolder output,
            Map<String, Object> config,
            Progress progress) {
        CheckpointFolder folder =
                new CheckpointFolder(session.sparkContext().hadoopConfiguration(), output.checkpoints());
        return Checkpoints.open(
                folder, settings.checkpoints(), ResumeCheck.identity(DecisiveKeys.of(config)), progress::note);
    }

    /**
     * Minimises the objective. All entries to training share this part.
     *
     * @param checkpointDir the folder for checkpoints, from which a stopped training with the same data and settings
     *     resumes; null for none
     * @throws org.sparkgrad.job.problem.JobException if the engine does not exist, or if the objective becomes infinite
     *     or NaN
     */
    public static TrainingResult fit(
            SparkSession session,
            TrainingTask task,
            EngineSettings settings,
            @Nullable String checkpointDir,
            Progress progress) {
        DriverAlgebra.pin();
        JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
        TrainingSet set = task.set();
        EngineChoice engine = EngineChooser.choose(spark, settings);
        progress.note(engine.text());
        Loss loss = Losses.of(task.model().loss(), set.classes());
        long matrix = task.bounds() == null
                ? Optimizers.matrix(
                        task.optimizer(), loss, set.features(), set.statistics().rows())
                : 0;
        TrainingSetup setup = TrainingSetup.of(spark, engine, loss, set, 1, matrix);
        FitCheckpoints saved =
                FitCheckpoints.of(spark.hadoopConfiguration(), checkpointDir, task, engine, progress::note);
        TrainingResult trained = Minimizer.run(
                spark, task, setup, settings.exchange(), saved.checkpoints(), Interruption.never(), progress);
        saved.delete();
        return trained;
    }

    /**
     * Runs the stages before the first step and returns the plan of the others. Trains and writes nothing.
     *
     * @param progress receives the progress
     * @throws org.sparkgrad.job.problem.JobException for errors that {@link #train} would refuse in these stages
     */
    public static TrainingPlan plan(SparkSession session, TrainSettings settings, Progress progress) {
        if (settings.output() != null) {
            OutputFolder.check(session.sparkContext().hadoopConfiguration(), settings.output());
        }
        try (Sharding sharding = sharding(session, settings)) {
            return Summaries.plan(RunSetup.of(session, settings, sharding, progress, new StageTimes()));
        }
    }

    private static TrainingSummary run(
            SparkSession session,
            TrainSettings settings,
            Map<String, Object> config,
            Sharding sharding,
            Progress progress,
            OutputFolder output,
            Checkpoints checkpoints) {
        JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
        StageTimes watch = new StageTimes();
        RunSetup setup = RunSetup.of(session, settings, sharding, progress, watch);
        RunData data = setup.data();
        checkpoints.know(ResumeCheck.data(
                data.set(), data.assembly().labels(), setup.workers().engine()));
        TrainingTask task = task(session, settings, setup, checkpoints.resumed().isPresent(), progress);
        TrainingResult trained = watch.time(Stage.TRAIN, () -> {
            try (Interruption interruption = Interruption.listen(progress::note)) {
                return Minimizer.run(
                        spark,
                        task,
                        setup.workers(),
                        settings.engine().exchange(),
                        checkpoints,
                        interruption,
                        progress);
            }
        });
        MeasuredSets measured = watch.time(Stage.EVALUATE, () -> MeasuredSets.of(data, trained));
        ModelFile model = watch.time(Stage.SAVE, () -> save(session, data, settings, trained, output));
        TrainingSummary summary = Summaries.of(settings, config, data, trained, measured.metrics(), watch.seconds());
        if (summary.separable() != null) {
            progress.note(SEPARABLE);
        }
        RunCurves curves = measured.curves(trained.validationHistory());
        output.writeText("summary.json", SummaryJson.text(summary));
        output.writeText("curves.json", SummaryJson.text(curves));
        output.writeText(RunReport.PAGE, RunReport.html(summary, curves, model));
        return summary;
    }

    private static Sharding sharding(SparkSession session, TrainSettings settings) {
        return new Sharding(
                JavaSparkContext.fromSparkContext(session.sparkContext()),
                settings.optimizer().seed());
    }

    private static TrainingTask task(
            SparkSession session, TrainSettings settings, RunSetup setup, boolean resumed, Progress progress) {
        OptimizerSettings optimizer = settings.optimizer();
        RunData data = setup.data();
        int outputs = setup.workers().loss().outputs();
        Coefficients initial = resumed || optimizer.initialModel() == null
                ? null
                : InitialModel.read(session, optimizer.initialModel(), data.assembly(), outputs, progress::note);
        return new TrainingTask(data.set(), settings.model(), optimizer, initial, null);
    }

    private static ModelFile save(
            SparkSession session, RunData data, TrainSettings settings, TrainingResult trained, OutputFolder output) {
        Model<?> model = data.assembly().pipeline(SparkModels.of(trained.coefficients()));
        ModelFile file = ModelFiles.of(
                data.assembly(),
                trained.coefficients(),
                settings.data().preparation().missing(),
                settings.model().standardization(),
                data.set().statistics());
        output.write(OutputNames.MODEL, file::write);
        StockFiles.write(session, model, output.path("model"));
        return file;
    }
}

package org.sparkgrad.job.run;

import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.sparkgrad.gpu.loss.Loss;
import org.sparkgrad.job.assemble.Assembly;
import org.sparkgrad.job.config.TrainSettings;
import org.sparkgrad.job.optimize.Optimizers;
import org.sparkgrad.job.placement.EngineChoice;
import org.sparkgrad.job.placement.EngineChooser;
import org.sparkgrad.job.read.RowPlaces;
import org.sparkgrad.job.read.Table;
import org.sparkgrad.job.read.TableReader;
import org.sparkgrad.job.report.Progress;
import org.sparkgrad.job.report.ReadText;
import org.sparkgrad.job.report.StageTimes;
import org.sparkgrad.job.report.StageTimes.Stage;
import org.sparkgrad.job.shard.Sharding;
import org.sparkgrad.job.train.Losses;
import org.sparkgrad.job.train.TrainingSet;
import org.sparkgrad.job.train.TrainingSetup;

/**
 * The first stages of a training run, before the first step.
 *
 * @param data the sharded data
 * @param workers what the workers compute with, and where
 */
record RunSetup(RunData data, TrainingSetup workers) {
    /**
     * Runs the stages.
     *
     * @param sharding the holder of the rows; close it after the run
     */
    static RunSetup of(
            SparkSession session, TrainSettings settings, Sharding sharding, Progress progress, StageTimes watch) {
        JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
        EngineChoice engine = EngineChooser.choose(spark, settings.engine());
        progress.note(engine.text());
        Table table = watch.time(
                Stage.READ, () -> Assembly.labelled(TableReader.read(session, settings.data()), settings.data()));
        ReadText.lines(table.report()).forEach(progress::note);
        RowPlaces places = table.places();
        Assembly assembly =
                watch.time(Stage.READ, () -> places.naming(() -> RunData.assemble(table.rows(), settings, sharding)));
        assembly.notes().forEach(progress::note);
        progress.note(assembly.classes());
        Loss loss = Losses.of(settings.model().loss(), assembly.labels().size());
        if (sharding.keepsRows()) {
            table.release();
        }
        RunData data = watch.time(
                Stage.SHARD, () -> places.naming(() -> RunData.shard(session, table, assembly, settings, sharding)));
        table.release();
        TrainingSet set = data.set();
        long matrix = Optimizers.matrix(
                settings.optimizer(), loss, set.features(), set.statistics().rows());
        return new RunSetup(data, TrainingSetup.of(spark, engine, loss, set, 1, matrix));
    }
}

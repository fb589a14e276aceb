package org.sparkgrad.job;

import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.sparkgrad.gpu.loss.Loss;
import org.sparkgrad.job.assemble.Assembly;
import org.sparkgrad.job.config.TrainSettings;
import org.sparkgrad.job.exchange.EngineChoice;
import org.sparkgrad.job.exchange.EngineChooser;
import org.sparkgrad.job.exchange.Losses;
import org.sparkgrad.job.exchange.MemoryPlan;
import org.sparkgrad.job.exchange.Workplace;
import org.sparkgrad.job.optimize.Optimizers;
import org.sparkgrad.job.read.RowPlaces;
import org.sparkgrad.job.read.Table;
import org.sparkgrad.job.read.TableReader;
import org.sparkgrad.job.report.Progress;
import org.sparkgrad.job.report.ReadText;
import org.sparkgrad.job.report.Stopwatch;
import org.sparkgrad.job.report.Stopwatch.Stage;
import org.sparkgrad.job.shard.Sharding;

/**
 * The first stages of a training run: all that comes before the first step.
 *
 * @param engine the engine, and why it
 * @param data the data, sharded
 * @param loss the loss, with K outputs
 * @param places where the workers run
 * @param memory what they hold there
 */
record Prepared(EngineChoice engine, TrainingData data, Loss loss, List<Workplace> places, MemoryPlan memory) {
    /**
     * Goes through the stages.
     *
     * @param sharding holds rows as long as they are used
     */
    static Prepared of(
            SparkSession session, TrainSettings settings, Sharding sharding, Progress progress, Stopwatch watch) {
        JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
        EngineChoice engine = EngineChooser.choose(spark, settings.engine());
        progress.note(engine.text());
        Table table = watch.time(
                Stage.READ, () -> Assembly.labelled(TableReader.read(session, settings.data()), settings.data()));
        ReadText.lines(table.report()).forEach(progress::note);
        RowPlaces places = table.places();
        Assembly assembly =
                watch.time(Stage.READ, () -> places.naming(() -> TrainingData.assemble(table.rows(), settings)));
        assembly.notes().forEach(progress::note);
        progress.note(assembly.classes());
        Loss loss = Losses.of(settings.model().loss(), assembly.labels().size());
        TrainingData data = watch.time(
                Stage.SHARD,
                () -> places.naming(() -> TrainingData.shard(session, table, assembly, settings, sharding)));
        int shards = data.shards().count();
        List<Workplace> workplaces = Workplace.ask(spark, engine, shards);
        TrainingSet set = data.set();
        long matrix = Optimizers.matrix(
                settings.optimizer(), loss, set.features(), set.statistics().rows());
        return new Prepared(
                engine,
                data,
                loss,
                workplaces,
                MemoryPlan.of(set.size(), shards, engine, loss.outputs(), matrix, workplaces));
    }
}

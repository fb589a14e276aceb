package org.sparkgrad.job.run;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.job.config.EngineSettings.ExchangeKind;
import org.sparkgrad.job.config.TrainConfiguration;
import org.sparkgrad.job.config.TrainSettings;
import org.sparkgrad.job.exchange.Exchange;
import org.sparkgrad.job.exchange.Exchanges;
import org.sparkgrad.job.exchange.pass.BatchSlot;
import org.sparkgrad.job.report.Progress;
import org.sparkgrad.job.report.StageTimes;
import org.sparkgrad.job.shard.Sharding;
import org.sparkgrad.job.train.TrainingSet;

/**
 * The stages of {@code train} before its first step, as {@link Trainer} runs them: files are read and measured, and
 * workers hold all blocks on their engines. The only class of the suite {@code ingest} that knows these stages.
 */
public final class IngestTarget {
    /** A slot of no rows: workers make and open their blocks, and compute nothing. */
    private static final BatchSlot NO_ROWS = new BatchSlot(0, Integer.MAX_VALUE);

    private IngestTarget() {}

    /**
     * Runs the stages; the caller closes the result, which drops the blocks.
     *
     * @param options options of the command train
     * @param rows N, which the statistics must have
     */
    public static AutoCloseable open(SparkSession session, List<String> options, long rows) {
        JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
        List<String> whole = new ArrayList<>(options);
        whole.add("--dry-run"); // a run without it needs an output
        TrainSettings settings = TrainConfiguration.read(whole).settings();
        Sharding sharding = new Sharding(spark, settings.optimizer().seed());
        RunSetup setup = RunSetup.of(session, settings, sharding, Progress.SILENT, new StageTimes());
        TrainingSet set = setup.data().set();
        if (set.statistics().rows() != rows) {
            throw new IllegalStateException(set.statistics().rows() + " rows instead of " + rows);
        }
        Exchange exchange = Exchanges.open(
                spark,
                setup.workers().workers(set, Progress.SILENT),
                ExchangeKind.AUTO,
                Progress.SILENT::note,
                System.err::println);
        exchange.sum(Coefficients.zeros(setup.workers().loss().outputs(), set.features()), NO_ROWS);
        return () -> {
            exchange.close();
            sharding.close();
        };
    }
}

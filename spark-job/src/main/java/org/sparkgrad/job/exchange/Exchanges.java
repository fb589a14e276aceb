package org.sparkgrad.job.exchange;

import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparkgrad.job.config.EngineSettings.ExchangeKind;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.JobException;

/** Opens the exchange that was asked for; the one place that knows them all. */
public final class Exchanges {
    private static final String SPECULATION = "spark.speculation";
    private static final String DYNAMIC = "spark.dynamicAllocation.enabled";

    private Exchanges() {}

    /**
     * Opens it. AUTO is STAGE, unless Spark starts second copies of tasks, of which a long stage has none to spare.
     *
     * @param plan what the workers sum over
     * @param notes hears what the user should know
     * @throws JobException with USAGE if a stage was asked for where Spark speculates
     */
    public static Exchange open(JavaSparkContext spark, WorkerPlan plan, ExchangeKind kind, Consumer<String> notes) {
        boolean speculation = spark.getConf().getBoolean(SPECULATION, false);
        return switch (kind) {
            case JOB -> new JobExchange(spark, plan);
            case STAGE -> {
                if (speculation) {
                    throw new JobException(
                            ExitCode.USAGE,
                            "exchange stage and %s=true do not go together: when a second copy of a worker ends, Spark ends the first. Set it to false, or take exchange job"
                                    .formatted(SPECULATION));
                }
                yield stage(spark, plan, notes);
            }
            case AUTO -> {
                if (speculation) {
                    notes.accept("exchange job: %s=true would end workers of a stage".formatted(SPECULATION));
                    yield new JobExchange(spark, plan);
                }
                yield stage(spark, plan, notes);
            }
        };
    }

    private static Exchange stage(JavaSparkContext spark, WorkerPlan plan, Consumer<String> notes) {
        if (spark.getConf().getBoolean(DYNAMIC, false)) {
            notes.accept(
                    "%s=true: training keeps the executors there are now, and asks for no others".formatted(DYNAMIC));
        }
        return new StageExchange(spark, plan, notes);
    }
}

package org.sparkgrad.job.exchange;

import java.util.function.Consumer;
import java.util.function.Supplier;
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
        return open(spark, plan, kind, notes, () -> new StageExchange(spark, plan, notes));
    }

    /** Opens one for several trainings, that gives its slots back where it is told to rest; the arguments are the same. */
    public static Exchange resting(JavaSparkContext spark, WorkerPlan plan, ExchangeKind kind, Consumer<String> notes) {
        return open(spark, plan, kind, notes, () -> new RestingExchange(spark, plan, notes));
    }

    private static Exchange open(
            JavaSparkContext spark,
            WorkerPlan plan,
            ExchangeKind kind,
            Consumer<String> notes,
            Supplier<Exchange> stage) {
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
                yield stage(spark, notes, stage);
            }
            case AUTO -> {
                if (speculation) {
                    notes.accept("exchange job: %s=true would end workers of a stage".formatted(SPECULATION));
                    yield new JobExchange(spark, plan);
                }
                yield stage(spark, notes, stage);
            }
        };
    }

    private static Exchange stage(JavaSparkContext spark, Consumer<String> notes, Supplier<Exchange> stage) {
        if (spark.getConf().getBoolean(DYNAMIC, false)) {
            notes.accept(
                    "%s=true: training keeps the executors there are now, and asks for no others".formatted(DYNAMIC));
        }
        return stage.get();
    }
}

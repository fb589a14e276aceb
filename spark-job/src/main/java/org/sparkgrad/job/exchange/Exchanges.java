package org.sparkgrad.job.exchange;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparkgrad.job.config.EngineSettings.ExchangeKind;
import org.sparkgrad.job.exchange.worker.WorkerPlan;

/** Opens the exchange that was asked for; the one place that knows them all. */
public final class Exchanges {
    private static final String DYNAMIC = "spark.dynamicAllocation.enabled";

    private Exchanges() {}

    /**
     * Opens it.
     *
     * @param plan what the workers sum over
     * @param kind AUTO is STAGE wherever there can be one
     * @param notes hears which it is
     * @param warnings hears of faults, and of what the user may not expect
     * @throws org.sparkgrad.job.problem.JobException with USAGE if a stage was asked for where Spark speculates
     */
    public static Exchange open(
            JavaSparkContext spark,
            WorkerPlan plan,
            ExchangeKind kind,
            Consumer<String> notes,
            Consumer<String> warnings) {
        return open(spark, plan, kind, notes, warnings, () -> new StageExchange(spark, plan, warnings));
    }

    /** Opens one for several trainings, which can release its slots between them; the arguments are the same. */
    public static Exchange openForSeveral(
            JavaSparkContext spark,
            WorkerPlan plan,
            ExchangeKind kind,
            Consumer<String> notes,
            Consumer<String> warnings) {
        return open(spark, plan, kind, notes, warnings, () -> new StageSequence(spark, plan, warnings));
    }

    private static Exchange open(
            JavaSparkContext spark,
            WorkerPlan plan,
            ExchangeKind kind,
            Consumer<String> notes,
            Consumer<String> warnings,
            Supplier<Exchange> stage) {
        ExchangeChoice choice = ExchangeChoice.of(spark, kind);
        (choice.expected() ? notes : warnings).accept(choice.toString());
        if (choice.kind() == ExchangeKind.JOB) {
            return new JobExchange(spark, plan);
        }
        if (spark.getConf().getBoolean(DYNAMIC, false)) {
            warnings.accept(
                    "%s=true: training keeps the executors there are now, and asks for no others".formatted(DYNAMIC));
        }
        return stage.get();
    }
}

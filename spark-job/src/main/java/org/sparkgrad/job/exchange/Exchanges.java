package org.sparkgrad.job.exchange;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparkgrad.job.config.EngineSettings.ExchangeKind;
import org.sparkgrad.job.exchange.worker.WorkerPlan;

/** Opens the exchange of the settings. Only this class knows all exchanges. */
public final class Exchanges {
    private static final String DYNAMIC = "spark.dynamicAllocation.enabled";

    private Exchanges() {}

    /**
     * Opens an exchange.
     *
     * @param plan the sums that the workers compute
     * @param kind the kind; AUTO is STAGE wherever a stage is possible
     * @param notes receives a line about the chosen exchange
     * @param warnings receives a line for each fault and for each fact that the user may not expect
     * @throws org.sparkgrad.job.problem.JobException with USAGE if the settings name a stage but Spark speculates
     */
    public static Exchange open(
            JavaSparkContext spark,
            WorkerPlan plan,
            ExchangeKind kind,
            Consumer<String> notes,
            Consumer<String> warnings) {
        return open(spark, plan, kind, notes, warnings, () -> new StageExchange(spark, plan, warnings));
    }

    /** Opens an exchange for several trainings that can release its slots between them. The arguments are the same. */
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

package org.sparkgrad.job.exchange;

import java.util.Locale;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparkgrad.job.config.EngineSettings.ExchangeKind;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.JobException;

/**
 * The exchange of a run, and why it.
 *
 * @param kind STAGE or JOB
 * @param reason why it was taken, in a few words
 * @param expected false for one that AUTO takes only where the better one cannot be
 */
record ExchangeChoice(ExchangeKind kind, String reason, boolean expected) {
    private static final String SPECULATION = "spark.speculation";

    /**
     * Decides. AUTO is STAGE, unless Spark starts second copies of tasks, of which a long stage has none to spare.
     *
     * @throws JobException with USAGE if a stage was asked for where Spark speculates
     */
    static ExchangeChoice of(JavaSparkContext spark, ExchangeKind kind) {
        boolean speculation = spark.getConf().getBoolean(SPECULATION, false);
        return switch (kind) {
            case JOB -> new ExchangeChoice(kind, "asked for", true);
            case STAGE -> {
                if (speculation) {
                    throw new JobException(
                            ExitCode.USAGE,
                            "exchange stage and %s=true do not go together: when a second copy of a worker ends, Spark ends the first. Set it to false, or take exchange job"
                                    .formatted(SPECULATION));
                }
                yield new ExchangeChoice(kind, "asked for", true);
            }
            case AUTO ->
                speculation
                        ? new ExchangeChoice(
                                ExchangeKind.JOB, "%s=true would end workers of a stage".formatted(SPECULATION), false)
                        : new ExchangeChoice(ExchangeKind.STAGE, "one stage of Spark lasts for all steps", true);
        };
    }

    @Override
    public String toString() {
        return "exchange %s: %s".formatted(kind.name().toLowerCase(Locale.ROOT), reason);
    }
}

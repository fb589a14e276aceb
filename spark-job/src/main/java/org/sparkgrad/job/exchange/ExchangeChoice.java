package org.sparkgrad.job.exchange;

import java.util.Locale;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparkgrad.job.config.EngineSettings.ExchangeKind;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.JobException;

/**
 * The exchange of a run, and the reason for its choice.
 *
 * @param kind STAGE or JOB
 * @param reason the reason in a few words
 * @param expected whether the choice is the normal one; false if AUTO could not choose STAGE
 */
record ExchangeChoice(ExchangeKind kind, String reason, boolean expected) {
    private static final String SPECULATION = "spark.speculation";

    /**
     * Returns the choice. AUTO is STAGE, unless Spark starts speculative copies of tasks: a long stage has no slots for
     * copies.
     *
     * @throws JobException with USAGE if the settings name a stage but Spark speculates
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

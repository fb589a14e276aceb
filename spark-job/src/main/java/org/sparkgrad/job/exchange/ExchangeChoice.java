package org.sparkgrad.job.exchange;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
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
    /** Settings of Spark under which there is no stage. */
    private enum Obstacle {
        SPECULATION(
                "spark.speculation",
                "would end workers of a stage",
                "when a second copy of a worker ends, Spark ends the first"),
        TLS(
                "spark.ssl.rpc.enabled",
                "asks for TLS, which the connections of a stage do not have",
                "the connections of a stage have Spark's authentication and encryption, but no TLS");

        private final String key;
        private final String consequence;
        private final String reason;

        Obstacle(String key, String consequence, String reason) {
            this.key = key;
            this.consequence = consequence;
            this.reason = reason;
        }
    }

    /**
     * Returns the choice. AUTO is STAGE, unless Spark starts speculative copies of tasks, for which a long stage has no
     * slots, or Spark 4 asks for TLS.
     *
     * @throws JobException with USAGE if the settings name a stage but Spark's settings allow none
     */
    static ExchangeChoice of(JavaSparkContext spark, ExchangeKind kind) {
        Optional<Obstacle> obstacle = Arrays.stream(Obstacle.values())
                .filter(setting -> spark.getConf().getBoolean(setting.key, false))
                .findFirst();
        return switch (kind) {
            case JOB -> new ExchangeChoice(kind, "asked for", true);
            case STAGE -> {
                obstacle.ifPresent(setting -> {
                    throw new JobException(
                            ExitCode.USAGE,
                            "exchange stage and %s=true do not go together: %s. Set it to false, or take exchange job"
                                    .formatted(setting.key, setting.reason));
                });
                yield new ExchangeChoice(kind, "asked for", true);
            }
            case AUTO ->
                obstacle.map(setting -> new ExchangeChoice(
                                ExchangeKind.JOB, "%s=true %s".formatted(setting.key, setting.consequence), false))
                        .orElse(new ExchangeChoice(ExchangeKind.STAGE, "one stage of Spark lasts for all steps", true));
        };
    }

    @Override
    public String toString() {
        return "exchange %s: %s".formatted(kind.name().toLowerCase(Locale.ROOT), reason);
    }
}

package org.sparkgrad.job.scheduled;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The result of a start of a scheduled run. */
public sealed interface ScheduledResult {
    /** Returns a sentence about the result. */
    String text();

    private static String lines(List<String> warnings) {
        return warnings.stream().map(warning -> "\nwarning: " + warning).collect(Collectors.joining());
    }

    /**
     * The version is promoted.
     *
     * @param runId the run
     * @param version the version
     * @param warnings other facts to look at
     * @param before whether an earlier start had promoted it
     */
    record Promoted(String runId, @Nullable Integer version, List<String> warnings, boolean before)
            implements ScheduledResult {
        @Override
        public String text() {
            return (before
                            ? "run %s was done before: it promoted version %s".formatted(runId, version)
                            : "run %s is done: version %s is promoted".formatted(runId, version))
                    + lines(warnings);
        }
    }

    /**
     * The gate refused the version.
     *
     * @param runId the run
     * @param version the version
     * @param reasons the reasons
     * @param warnings other facts to look at
     * @param before whether an earlier start had been refused
     */
    record Refused(String runId, @Nullable Integer version, List<String> reasons, List<String> warnings, boolean before)
            implements ScheduledResult {
        @Override
        public String text() {
            return "run %s %s refused: version %s is not promoted%n%s%nTo promote it all the same: sparkgrad models promote --version %s"
                    .formatted(
                            runId,
                            before ? "was" : "is",
                            version,
                            String.join("\n", reasons) + lines(warnings),
                            version);
        }
    }

    /**
     * Another run is active.
     *
     * @param owner the other run, as text
     * @param stage its current stage
     */
    record Busy(String owner, String stage) implements ScheduledResult {
        @Override
        public String text() {
            return "%s is under way (%s): nothing to do".formatted(owner, stage);
        }
    }
}

package org.sparkgrad.job.scheduled;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How a start of a scheduled run ended. */
public sealed interface ScheduledResult {
    /** Returns a sentence that says so. */
    String text();

    private static String lines(List<String> warnings) {
        return warnings.stream().map(warning -> "\nwarning: " + warning).collect(Collectors.joining());
    }

    /**
     * Its version is promoted.
     *
     * @param runId the run
     * @param version the version
     * @param warnings what somebody should look at all the same
     * @param before whether an earlier start had done it
     */
    record Promoted(String runId, @Nullable Integer version, List<String> warnings, boolean before) implements ScheduledResult {
        @Override
        public String text() {
            return (before
                            ? "run %s was done before: it promoted version %s".formatted(runId, version)
                            : "run %s is done: version %s is promoted".formatted(runId, version))
                    + lines(warnings);
        }
    }

    /**
     * The gate refused its version.
     *
     * @param runId the run
     * @param version the version
     * @param reasons why
     * @param warnings what else somebody should look at
     * @param before whether an earlier start had done it
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
     * Another run is under way.
     *
     * @param owner who runs, in words
     * @param stage what it does
     */
    record Busy(String owner, String stage) implements ScheduledResult {
        @Override
        public String text() {
            return "%s is under way (%s): nothing to do".formatted(owner, stage);
        }
    }
}

package org.sparkgrad.job.scheduled;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a start of a scheduled run ended. */
public sealed interface Outcome {
    /** Returns a sentence that says so. */
    String text();

    /**
     * Its version is promoted.
     *
     * @param runId the run
     * @param version the version
     * @param before whether an earlier start had done it
     */
    record Promoted(String runId, @Nullable Integer version, boolean before) implements Outcome {
        @Override
        public String text() {
            return before
                    ? "run %s was done before: it promoted version %s".formatted(runId, version)
                    : "run %s is done: version %s is promoted".formatted(runId, version);
        }
    }

    /**
     * The gate refused its version.
     *
     * @param runId the run
     * @param version the version
     * @param reasons why
     * @param before whether an earlier start had done it
     */
    record Refused(String runId, @Nullable Integer version, List<String> reasons, boolean before) implements Outcome {
        @Override
        public String text() {
            return "run %s %s refused: version %s is not promoted%n%s%nTo promote it all the same: sparkgrad models promote --version %s"
                    .formatted(runId, before ? "was" : "is", version, String.join("\n", reasons), version);
        }
    }

    /**
     * Another run is under way.
     *
     * @param owner who runs, in words
     * @param stage what it does
     */
    record Busy(String owner, String stage) implements Outcome {
        @Override
        public String text() {
            return "%s is under way (%s): nothing to do".formatted(owner, stage);
        }
    }
}

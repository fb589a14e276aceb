package org.sparkgrad.job.registry;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What became of a run.
 *
 * @param runId of the run
 * @param status how it ended
 * @param exitCode of the process; null where it was killed
 * @param version what it left; null where that is nothing
 * @param parent the promoted version that it was compared with; null where there was none
 * @param reasons why it was refused, failed or where it was killed; empty for a promotion
 * @param warnings what else somebody should look at; empty if nothing
 * @param incumbent what the promoted version did on the run's held-out rows; null where it was not measured
 * @param started when, in ISO form
 * @param ended when, in ISO form; null where it was killed
 */
public record RunRecord(
        String runId,
        Status status,
        @Nullable Integer exitCode,
        @Nullable Integer version,
        @Nullable Integer parent,
        List<String> reasons,
        List<String> warnings,
        @Nullable NightScore incumbent,
        String started,
        @Nullable String ended) {
    /** How a run can end. */
    public enum Status {
        /** Its version was promoted. */
        PROMOTED,
        /** The gate refused its version. */
        REFUSED,
        /** An error ended it. */
        FAILED,
        /** A signal stopped it after a checkpoint, from which the next start goes on. */
        INTERRUPTED,
        /** Its process was killed. */
        KILLED;

        /** Returns the name in a file. */
        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Returns whether there is nothing left to do for the run. */
        public boolean isDone() {
            return this == PROMOTED || this == REFUSED;
        }
    }

    /** Returns the time as records have it: UTC, to the millisecond. */
    public static String now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
    }

    /** Copies the lists; older records have no warnings. */
    public RunRecord {
        reasons = List.copyOf(reasons);
        @Nullable List<String> read = warnings;
        warnings = read == null ? List.of() : List.copyOf(read);
    }

    /** A run without a judgement. */
    public RunRecord(
            String runId,
            Status status,
            @Nullable Integer exitCode,
            @Nullable Integer version,
            @Nullable Integer parent,
            List<String> reasons,
            String started,
            @Nullable String ended) {
        this(runId, status, exitCode, version, parent, reasons, List.of(), null, started, ended);
    }
}

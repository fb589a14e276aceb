package org.sparkgrad.job.registry;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The result of a run.
 *
 * @param runId the id of the run
 * @param status the final status
 * @param exitCode the exit code of the process; null if it was killed
 * @param version the version that the run created; null if there is none
 * @param parent the promoted version that was compared; null if there was none
 * @param reasons the reasons of a refusal, or of a failure, or the stage in which the run was killed; empty for a
 *     promotion
 * @param warnings other facts to look at; empty if there are none
 * @param incumbent the metrics of the promoted version on the run's held-out rows; null if it was not measured
 * @param started the start, in ISO form
 * @param ended the end, in ISO form; null if the run was killed
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
    /** The final status of a run. */
    public enum Status {
        /** Its version was promoted. */
        PROMOTED,
        /** The gate refused its version. */
        REFUSED,
        /** An error ended it. */
        FAILED,
        /** A signal stopped the run after a checkpoint, from which the next start resumes. */
        INTERRUPTED,
        /** Its process was killed. */
        KILLED;

        /** Returns the name in a file. */
        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Returns whether the run needs no other start. */
        public boolean isDone() {
            return this == PROMOTED || this == REFUSED;
        }
    }

    /** Returns the current time in the format of records: UTC, in milliseconds. */
    public static String now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
    }

    /** Copies the lists; older records have no warnings. */
    public RunRecord {
        reasons = List.copyOf(reasons);
        @Nullable List<String> read = warnings;
        warnings = read == null ? List.of() : List.copyOf(read);
    }

    /** Creates a record of a run without a decision of the gate. */
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

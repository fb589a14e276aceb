package org.sparkgrad.job.registry;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A complete model in the registry.
 *
 * @param version the number of the version
 * @param runId the run that created it
 * @param status the current status
 * @param objective the final objective of its training
 * @param metrics the metrics of its training, by set of rows, as in summary.json
 * @param reasons the reasons for a refusal; empty if it was not refused
 * @param parent the promoted version that was compared; null if there was none
 * @param created the time of its creation, in ISO form
 */
public record ModelVersion(
        int version,
        String runId,
        Status status,
        double objective,
        JsonNode metrics,
        List<String> reasons,
        @Nullable Integer parent,
        String created) {
    /** The status of a version. */
    public enum Status {
        /** The version is promoted. */
        PROMOTED,
        /** The version was promoted before another one. */
        RETIRED,
        /** The gate refused the version. */
        REFUSED,
        /** The gate accepted the version, but its run ended before the promotion. */
        CANDIDATE;

        /** Returns the name in a file. */
        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}

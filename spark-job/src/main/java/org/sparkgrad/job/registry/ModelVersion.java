package org.sparkgrad.job.registry;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A whole model in the registry.
 *
 * @param version its number
 * @param runId the run that made it
 * @param status what it is now
 * @param objective of its training
 * @param metrics of its training, by set of rows, as summary.json has them
 * @param reasons why the gate refused it; empty where it did not
 * @param parent the version that it was compared with; null where there was none
 * @param created when, in ISO form
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
    /** What a version can be. */
    public enum Status {
        /** It is served. */
        PROMOTED,
        /** It was, and another took its place. */
        RETIRED,
        /** The gate refused it. */
        REFUSED,
        /** It passed the gate, and its run ended before it was promoted. */
        CANDIDATE;

        /** Returns the name in a file. */
        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}

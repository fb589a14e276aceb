package org.sparkgrad.job.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a version came about; {@code manifest.json} in its folder.
 *
 * @param runId the run
 * @param created when it was judged, in ISO form
 * @param started when the run began, in ISO form
 * @param passed whether the gate let it pass
 * @param reasons why not
 * @param warnings what else somebody should look at; null in older versions
 * @param score of this version on the night's held-out rows; null in older versions
 * @param incumbent what the parent did on the same rows; null where there was none, and in older versions
 * @param parent the promoted version that it was compared with; null where there was none
 * @param warmStart whether training began from the parent's coefficients
 * @param config every key as used
 * @param data which files, how many rows of each label, and a fingerprint of both
 * @param heldOut metrics of candidate and parent on the same held-out rows
 * @param drift how far the data are from the parent's, and the limits
 * @param seed of the training
 * @param shards S
 * @param engine what computed
 * @param seconds where the time went
 * @param coefficientsSha256 which model
 * @param versions of sparkgrad and what it ran on
 */
public record Manifest(
        String runId,
        String created,
        String started,
        boolean passed,
        List<String> reasons,
        @Nullable List<String> warnings,
        @Nullable NightScore score,
        @Nullable NightScore incumbent,
        @Nullable Integer parent,
        boolean warmStart,
        Map<String, Object> config,
        JsonNode data,
        JsonNode heldOut,
        JsonNode drift,
        long seed,
        int shards,
        JsonNode engine,
        JsonNode seconds,
        String coefficientsSha256,
        JsonNode versions) {}

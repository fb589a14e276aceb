package org.sparkgrad.job.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The origin of a version: {@code manifest.json} in its folder.
 *
 * @param runId the id of the run
 * @param created the time of the gate's decision, in ISO form
 * @param started the start of the run, in ISO form
 * @param passed whether the gate accepted the version
 * @param reasons the reasons for a refusal
 * @param warnings other facts to look at; null in older versions
 * @param score the metrics of this version on the night's held-out rows; null in older versions
 * @param incumbent the metrics of the parent on the same rows; null if there was no parent, and in older versions
 * @param parent the promoted version that was compared; null if there was none
 * @param warmStart whether training started at the parent's coefficients
 * @param config every key with the value used
 * @param data the files, the number of rows of each label, and a fingerprint of both
 * @param heldOut the metrics of candidate and parent on the same held-out rows
 * @param drift the differences of the data from the parent's data, and the limits
 * @param seed the seed of the training
 * @param shards S
 * @param engine the engine that has computed
 * @param seconds the seconds of each stage
 * @param coefficientsSha256 the hash of the model
 * @param versions the versions of sparkgrad and its platform
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

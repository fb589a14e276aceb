package org.sparkgrad.job.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The registry of a scheduled run's model, and the rules of the run.
 *
 * @param folder the folder of the registry
 * @param name the name of the model
 * @param runId the id of the run
 * @param rerun whether a finished run is repeated
 * @param warmStart whether training may start at the promoted version
 * @param keepVersions the number of versions that stay
 * @param keepDays the largest age of versions in days; null for no limit
 * @param lockExpiry the time without a heartbeat after which a run counts as dead
 * @param generateRows the number of rows to generate if there are no data; null for none
 */
public record RegistrySettings(
        String folder,
        String name,
        String runId,
        boolean rerun,
        boolean warmStart,
        int keepVersions,
        @Nullable Integer keepDays,
        Duration lockExpiry,
        @Nullable Long generateRows) {}

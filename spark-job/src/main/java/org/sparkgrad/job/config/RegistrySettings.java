package org.sparkgrad.job.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where a scheduled run's model goes, and how it gets there.
 *
 * @param folder of the registry
 * @param name of the model
 * @param runId which run it is
 * @param rerun whether it is done again if it is done
 * @param warmStart whether training may begin at the promoted version
 * @param keepVersions how many versions stay
 * @param keepDays after how many days a version goes; null is never
 * @param lockExpiry how long a run may give no sign of life
 * @param generateRows how many rows to make where there are no data; null is none
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

package org.sparkgrad.job.scheduled;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.read.DataFingerprint;

/**
 * The input of a run's training. Files of a killed run are reused only if their plan is equal.
 *
 * @param data the files
 * @param parent the promoted version; null where there is none
 * @param config every key with the value used
 * @param versions the versions of sparkgrad and its platform
 */
record RunPlan(
        DataFingerprint data, @Nullable Integer parent, Map<String, Object> config, Map<String, String> versions) {}

package org.sparkgrad.job.scheduled;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.read.DataFingerprint;

/**
 * What a run is about to train; what a killed run left is of use only where this is the same.
 *
 * @param data the files
 * @param parent the promoted version; null where there is none
 * @param config every key as used
 * @param versions of sparkgrad and what it runs on
 */
record RunPlan(
        DataFingerprint data, @Nullable Integer parent, Map<String, Object> config, Map<String, String> versions) {}

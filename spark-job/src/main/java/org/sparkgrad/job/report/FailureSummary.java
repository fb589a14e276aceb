package org.sparkgrad.job.report;

import java.util.Map;
import org.sparkgrad.job.report.TrainingSummary.Status;

/**
 * What {@code summary.json} of a run without a model tells.
 *
 * @param status failed or diverged
 * @param error what was wrong
 * @param config every key as used
 * @param versions of sparkgrad and what it ran on
 */
public record FailureSummary(Status status, String error, Map<String, Object> config, Map<String, String> versions) {}

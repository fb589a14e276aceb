package org.sparkgrad.job.report;

import java.util.Map;
import org.sparkgrad.job.report.TrainingSummary.Status;

/**
 * The {@code summary.json} of a run without a model.
 *
 * @param status failed or diverged
 * @param error the error message
 * @param config every key with the value used
 * @param versions the versions of sparkgrad and its platform
 */
public record FailureSummary(Status status, String error, Map<String, Object> config, Map<String, String> versions) {}

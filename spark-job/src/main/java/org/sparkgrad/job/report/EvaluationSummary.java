package org.sparkgrad.job.report;

import java.util.Map;
import org.sparkgrad.job.evaluate.Metrics;
import org.sparkgrad.job.report.TrainingSummary.Status;

/**
 * The result of an evaluation, as in {@code summary.json}.
 *
 * @param status succeeded
 * @param model the folder of the model
 * @param data the evaluated data
 * @param metrics the quality of the predictions
 * @param config every key with the value used
 * @param versions the versions of sparkgrad and its platform
 */
public record EvaluationSummary(
        Status status,
        String model,
        TrainingSummary.Data data,
        Metrics metrics,
        Map<String, Object> config,
        Map<String, String> versions) {}

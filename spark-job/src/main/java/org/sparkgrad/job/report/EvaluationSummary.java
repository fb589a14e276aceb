package org.sparkgrad.job.report;

import java.util.Map;
import org.sparkgrad.job.evaluate.Metrics;
import org.sparkgrad.job.report.TrainingSummary.Status;

/**
 * What an evaluation found, as {@code summary.json} tells it.
 *
 * @param status succeeded
 * @param model the folder of the model
 * @param data what it was measured on
 * @param metrics how well it predicts
 * @param config every key as used
 * @param versions of sparkgrad and what it ran on
 */
public record EvaluationSummary(
        Status status,
        String model,
        TrainingSummary.Data data,
        Metrics metrics,
        Map<String, Object> config,
        Map<String, String> versions) {}

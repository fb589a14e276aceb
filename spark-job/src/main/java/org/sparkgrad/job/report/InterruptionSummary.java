package org.sparkgrad.job.report;

import java.util.List;
import java.util.Map;
import org.sparkgrad.job.report.TrainingSummary.Status;

/**
 * What {@code summary.json} of a run tells that a signal has stopped; names are those of {@link TrainingSummary}.
 *
 * @param status interrupted
 * @param convergenceReason Interrupted
 * @param objectiveHistory the objective of each state so far
 * @param steps updates of the coefficients so far
 * @param evaluations gradients asked for so far
 * @param config every key as used
 * @param versions of sparkgrad and what it ran on
 */
public record InterruptionSummary(
        Status status,
        String convergenceReason,
        List<Double> objectiveHistory,
        int steps,
        long evaluations,
        Map<String, Object> config,
        Map<String, String> versions) {}

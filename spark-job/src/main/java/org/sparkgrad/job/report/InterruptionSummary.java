package org.sparkgrad.job.report;

import java.util.List;
import java.util.Map;
import org.sparkgrad.job.report.TrainingSummary.Status;

/**
 * The {@code summary.json} of a run that a signal has stopped; the names are those of {@link TrainingSummary}.
 *
 * @param status interrupted
 * @param convergenceReason Interrupted
 * @param objectiveHistory the objective of each state so far
 * @param steps the number of updates of the coefficients so far
 * @param evaluations the number of gradients computed so far
 * @param config every key with the value used
 * @param versions the versions of sparkgrad and its platform
 */
public record InterruptionSummary(
        Status status,
        String convergenceReason,
        List<Double> objectiveHistory,
        int steps,
        long evaluations,
        Map<String, Object> config,
        Map<String, String> versions) {}

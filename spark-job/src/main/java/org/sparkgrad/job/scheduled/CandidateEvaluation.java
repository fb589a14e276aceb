package org.sparkgrad.job.scheduled;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.evaluate.Metrics;
import org.sparkgrad.job.registry.NightScore;

/**
 * The results of a run about its candidate and its night.
 *
 * @param metrics the metrics of the candidate on held-out rows
 * @param scores the distributions of the candidate's scores on these rows
 * @param promoted the metrics of the promoted version on the same rows; null if there is none, or if it cannot be
 *     measured
 * @param incumbent the same metrics, for the history
 * @param drift the drift of labels, means and deviations; null if there are no data to compare with
 * @param shifts the shifts of the distributions; null if there is no promoted version
 * @param falls the promoted version's metrics that are lower than on earlier nights
 * @param score the metrics of the candidate, for the history
 * @param reasons the reasons for a refusal; empty if the candidate is accepted
 * @param warnings other facts to look at
 */
record CandidateEvaluation(
        Metrics metrics,
        Histograms scores,
        @Nullable Metrics promoted,
        @Nullable NightScore incumbent,
        @Nullable DataDrift drift,
        @Nullable NightShifts shifts,
        List<PromotedMetrics.Fall> falls,
        NightScore score,
        List<String> reasons,
        List<String> warnings) {}

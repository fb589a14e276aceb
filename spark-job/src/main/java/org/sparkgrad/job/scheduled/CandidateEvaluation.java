package org.sparkgrad.job.scheduled;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.evaluate.Metrics;
import org.sparkgrad.job.registry.NightScore;

/**
 * What a run found of its candidate and of the night.
 *
 * @param metrics of the candidate on held-out rows
 * @param scores the distributions of its scores there
 * @param promoted metrics of the promoted version on the same rows; null where there is none, or it cannot be measured
 * @param incumbent the same for the history
 * @param drift of labels, means and deviations; null where there is nothing to compare with
 * @param shifts of the distributions; null where there is no promoted version
 * @param falls of the promoted version's metrics from its earlier nights
 * @param score of the candidate, for the history
 * @param reasons why the candidate is refused; empty if it is not
 * @param warnings what somebody should look at all the same
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

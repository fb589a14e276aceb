/**
 * Runs without supervision: train, judge beside the promoted model, promote or refuse. {@code RunStages} is the flow;
 * {@code ScheduledRun} is what is around it: once for a run id, one run at a time, always in the history. Over
 * {@code run} and {@code registry}. Next: {@code cli}.
 *
 * <ul>
 *   <li><b>A killed run resumes from files.</b> {@code candidates/RUN} is the OUTPUT of the training. With the same
 *       data, parent and configuration ({@code RunPlan}) a whole one is not trained again. A version that no run has
 *       recorded is promoted or not by its manifest.
 *   <li><b>The profile of the data</b> is made before training, from the sharded rows: one pass for the sums of
 *       {@code Statistics}, one over a sample for the edges of ten bins ({@code BinEdges}), one for the counts, one for
 *       the counts in the bins of the promoted night. Edges depend on the shards alone and counts are whole numbers, so
 *       {@code profile.json} does not depend on splits or cores.
 *   <li><b>A shift must exceed a size and sampling noise</b> ({@code Divergence}). The bounds of the noise hold for
 *       every number of rows; asymptotic bounds fail for 1,000 features of 200 rows. The cost is power: the bound is
 *       about twice the G of a chi-square limit. A shift of 0.44 deviations in 2,000 rows still exceeds it.
 *   <li>A hundredth of quiet nights may be warned of or refused. It is divided among features, scores, labels and the
 *       promoted version's own quality ({@code NightShifts}).
 * </ul>
 */
@NullMarked
package org.sparkgrad.job.scheduled;

import org.jspecify.annotations.NullMarked;

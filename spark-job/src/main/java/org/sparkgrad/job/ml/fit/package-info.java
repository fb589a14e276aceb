/**
 * One model from the rows of a Dataset, and the blocks that several such fits share. Next: {@code ml.grid}.
 *
 * <p>MLlib's CrossValidator calls {@code fit(dataset, paramMap)} for each setting, over rows that it has persisted.
 * Such a fit keeps its blocks and engines for the next fit of the same key ({@code ResidentCache}).
 *
 * <ul>
 *   <li>The key ({@code RowsKey}) is the plan in Spark's canonical form down to what is persisted, and the parameters
 *       that change blocks ({@code BlockParams}). If the plan reads a Dataset that is not persisted, or is not
 *       deterministic, there is no key: the rows may be others the next time, and are read again. Nor is there a key
 *       for {@code exchange stage}.
 *   <li>Blocks are in the scale of the fit, so the bits are those of a fit alone.
 *   <li>Passes are Spark jobs ({@code JobExchange}): fits of several threads take turns, a pass each, and none holds
 *       slots while others score.
 *   <li>The cache holds two sets of rows at most. It drops one when Spark drops the Dataset or ends, or after a minute
 *       without a fit ({@code spark.sparkgrad.idleTimeout}).
 * </ul>
 */
@NullMarked
package org.sparkgrad.job.ml.fit;

import org.jspecify.annotations.NullMarked;

/**
 * Several trainings in lockstep: one pass over the rows serves all. In: {@code GridTask}s over one copy of the rows.
 * Out: a result for each task. Next: {@code run}.
 *
 * <pre>{@code
 * M optimizers          a thread for each, as if it were alone; one asks for sums, and waits
 *   → Lockstep          when all have asked or ended: one GridPass of M x K outputs, models in order
 *     → worker          one product for all margins of a tile, one for all gradients
 *   ← Lockstep          to each its sums; the next task replaces one that has ended
 * }</pre>
 *
 * <ul>
 *   <li>A row has the number of its fold in its shard. A model leaves one fold out: the weight of such a row is 0, and
 *       so is its multiplier ({@code GridModel}, {@code Shard.weights}).
 *   <li>Blocks are in one scale, that of all rows. A model's own scale follows from the statistics of the rows that it
 *       takes ({@code FoldStatistics}) and from its parameters; the driver changes the scale of coefficients and
 *       gradients ({@code ScaleChange}). So the objective and the path of a model are those of a fit of its own, to
 *       rounding.
 *   <li>The programs alone decide which models share a pass, not the threads: the same grid has the same bits. A model
 *       does not have the bits of its own fit, because the width of a product changes the order of additions.
 *   <li>At most 2^18 coefficients are in lockstep at once: an optimizer has some thirty vectors of them. At most 256
 *       MiB of Gram matrices are in lockstep at once.
 *   <li>A model takes the method that it would take alone. Its Gram matrix is the sum over the folds that it takes.
 *       Each fold is summed once ({@code FoldGrams}), in the scale of the blocks; {@code ScaleChange} brings the sum to
 *       the model's scale. The factor, with its lambda, is the model's own, and so are second derivatives.
 *   <li>All trainings in lockstep share one stage of workers ({@code StageSequence}), which then releases its slots, so
 *       that models are scored in them. The engines stay open.
 * </ul>
 */
@NullMarked
package org.sparkgrad.job.grid;

import org.jspecify.annotations.NullMarked;

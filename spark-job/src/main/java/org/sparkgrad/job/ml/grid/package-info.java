/**
 * Several models from one copy of the rows of a Dataset: maps of parameters, and folds. In: {@code Candidate}s. Out: a
 * stock model for each, and its metric. Next: {@code ml}.
 *
 * <ul>
 *   <li>{@code grid} trains them in lockstep, over the blocks of {@code GridBlocks}.
 *   <li>Mini-batch methods, early stopping and checkpoints cannot share passes. Such settings are fitted one after the
 *       other.
 *   <li>One pass over the rows that the models left out scores all models ({@code FoldScores}). Evaluators read those
 *       scores; evaluators other than MLlib's two for classes read the rows again.
 * </ul>
 */
@NullMarked
package org.sparkgrad.job.ml.grid;

import org.jspecify.annotations.NullMarked;

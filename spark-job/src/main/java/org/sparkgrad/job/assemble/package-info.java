/**
 * Columns of a table to batches of rows: label index, weight, features. Next: {@code shard}.
 *
 * <ul>
 *   <li>A batch ({@code RowBatch}) is a few arrays. Columns of numbers, arrays, vectors and texts with levels go
 *       from a reader of columns ({@code ColumnBatches}) to batches ({@code BatchReader}). All other tables go row by
 *       row, as an {@code Instance} each, which {@code RowBatches} collects. Both ways give the same batches and the
 *       same errors ({@code BatchReaderTest}): rows with an unusual cell leave the fast way.
 *   <li>What is learned from the training table, the texts of a column by frequency and the means for missing numbers,
 *       comes from whole-number counts and exact sums ({@code ExactSum}). So no order matters.
 *   <li>{@code FeatureStages} writes the same as stages of stock Spark; a test holds their vectors equal to the bit.
 *   <li>A row without finite features is refused when it is scored too, unless the pipeline itself keeps or skips such
 *       rows.
 * </ul>
 */
@NullMarked
package org.sparkgrad.job.assemble;

import org.jspecify.annotations.NullMarked;

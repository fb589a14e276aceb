/**
 * Columns of a table to batches of rows: label index, weight, features. Next: {@code shard}.
 *
 * <ul>
 *   <li>A batch ({@code RowBatch}) is a few arrays. Each table comes as batches of columns ({@code ColumnBatches}):
 *       columns of numbers and arrays are written side by side ({@code DenseColumns}), texts become their levels or
 *       hashes ({@code MixedColumns}), vectors are copied ({@code StoredVectors}).
 *   <li>If a batch has an unusual cell, such as a missing number, its rows are read one by one ({@code InstanceReader}),
 *       which has the messages. Both ways give the same rows ({@code BatchReaderTest}).
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

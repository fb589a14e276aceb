/**
 * Metrics, curves and predictions of a model on instances. Next: {@code output}.
 *
 * <ul>
 *   <li>Predictions are in the order of the rows, without moving rows ({@code RowOrder}). Text and IDX are read in that
 *       order. Of Parquet, Spark's reader takes the blocks of the files in path order, as many bytes a task as before
 *       ({@code BlocksInOrder}).
 *   <li>Most of the time of predicting is Parquet's writer: the numbers of vectors, and for each number a look-up in
 *       the dictionary. {@code VectorParquet} is Spark's format and writes arrays in one loop
 *       ({@code VectorWriteSupport}). Spark makes two closures and a boxed index for each number, which the compiler
 *       removes in one JVM and not in another. The files have Spark's bytes.
 *   <li>Areas under curves are exact. A shard is scored once into a run: for each score its weight in both classes
 *       ({@code RankRun}). Runs merge along the tree, up to a million rows on the driver; of more rows tasks merge,
 *       each a range of scores, whose bounds follow from the shards.
 *   <li>The same pass gives the points of ROC and PR ({@code RankMetrics}), thinned where cumulated weights cross a
 *       grid. So they do not depend on partitions.
 *   <li>Statistics, metrics, areas and predictions take one shard, or one range of scores, at a time from the shuffle's
 *       files.
 * </ul>
 */
@NullMarked
package org.sparkgrad.job.evaluate;

import org.jspecify.annotations.NullMarked;

/**
 * The rows of a Dataset: checked as MLlib checks them, counted, and read as batches. Next: {@code ml.fit}.
 *
 * <p>The numbers of a vector are copied from the bytes of Spark SQL's row ({@code StoredRow}) to the arrays of a batch
 * ({@code StoredBatches}), without an object for a row or a vector. Each row has the smaller of its two forms, all
 * features or those that are not 0.
 *
 * <p>Rows of a Dataset have no numbers. A hash of a row's content stands for the number ({@code RowScan}), so neither
 * the order of the rows nor their partitions matter.
 */
@NullMarked
package org.sparkgrad.job.ml.dataset;

import org.jspecify.annotations.NullMarked;

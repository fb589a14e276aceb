/**
 * The rows of a Dataset: checked as MLlib checks them, counted, and read as instances. Next: {@code ml.fit}.
 *
 * <p>Rows of a Dataset have no numbers. A hash of a row's content stands for the number ({@code RowScan}), so neither
 * the order of the rows nor their partitions matter.
 */
@NullMarked
package org.sparkgrad.job.ml.dataset;

import org.jspecify.annotations.NullMarked;

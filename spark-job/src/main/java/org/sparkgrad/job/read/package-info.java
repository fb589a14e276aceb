/**
 * Files and tables to a {@code Dataset<Row>} whose rows carry their number in path order. Next: {@code assemble}.
 *
 * <ul>
 *   <li>Row numbers follow path order and records, not splits ({@code TableReader.ROW_NUMBER}), so splits change
 *       nothing.
 *   <li>Columns are read in batches ({@code ColumnBatches}): straight from the reader where the plan of Spark does nothing
 *       but read, choose and rename columns. Elsewhere Spark's rows are copied into such batches ({@code RowsToColumns}).
 *   <li>Text is read by bytes ({@code TextLines}), in splits of Spark's size. A line belongs to the split in which it
 *       starts. In local mode the first pass, which finds types and counts rows, keeps the cells ({@code KeptBlocks}); a run
 *       releases them when it has packed its rows ({@code Table.release}).
 *       {@code BatchTable} shows the result to Spark SQL.
 *   <li>Text is strict UTF-8 without NULs.
 *   <li>The sizes in the header of an IDX file are compared with the size of the file; Parquet pages with their
 *       checksums.
 *   <li>CSV is cut into cells here, and not by Spark's reader: docs/decisions.md gives the reason.
 * </ul>
 */
@NullMarked
package org.sparkgrad.job.read;

import org.jspecify.annotations.NullMarked;

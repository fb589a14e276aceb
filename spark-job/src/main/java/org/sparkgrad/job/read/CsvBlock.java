package org.sparkgrad.job.read;

import java.util.List;

/**
 * The cells of a block.
 *
 * @param columns all cells of a record
 * @param rows the number of records without a header
 */
record CsvBlock(List<CellColumn> columns, int rows) {}

package org.sparkgrad.job.read;

import java.io.Serializable;
import java.util.List;

/**
 * What the first pass saw in one block.
 *
 * @param block the block
 * @param rows its records, without a header
 * @param firstRecord the cells of its first record: the header, in the first block of a file with one
 * @param kinds the kind of each column
 */
record CsvBlockScan(FileBlock block, long rows, List<String> firstRecord, List<CellKind> kinds)
        implements Serializable {}

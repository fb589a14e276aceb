package org.sparkgrad.job.read;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the first pass saw in one block.
 *
 * @param block the block
 * @param lines its lines, or those before the first wrong row
 * @param rows its records, without a header
 * @param firstRecord the cells of its first record: the header, in the first block of a file with one
 * @param kinds the kind of each column
 * @param spans whether a quoted cell goes on in the next line; rows and kinds are then worth nothing
 * @param problem what is wrong with the first wrong row, or null
 */
record CsvBlockScan(
        FileBlock block,
        long lines,
        long rows,
        List<String> firstRecord,
        List<CellKind> kinds,
        boolean spans,
        @Nullable String problem)
        implements Serializable {}

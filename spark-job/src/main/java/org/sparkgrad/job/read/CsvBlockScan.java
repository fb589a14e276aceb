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
 * @param header the cells of the header, in the first block of a file with one; else empty
 * @param headerLine the line of the header, from 1
 * @param firstRow the cells of its first record beside the header, or empty
 * @param firstRowLine the line of that in the block, from 1
 * @param columns each column's cells; places are lines of the block, from 1
 * @param spans whether a quoted cell goes on in the next line; rows and columns are then worth nothing
 * @param problem what is wrong with the first wrong row, or null
 * @param problemLine its line in the block, from 1
 */
record CsvBlockScan(
        FileBlock block,
        long lines,
        long rows,
        List<String> header,
        long headerLine,
        List<String> firstRow,
        long firstRowLine,
        List<ColumnScan> columns,
        boolean spans,
        @Nullable String problem,
        long problemLine)
        implements Serializable {
    /** Returns whether there is anything in the block but empty lines. */
    boolean hasRecords() {
        return rows > 0 || !header.isEmpty();
    }
}

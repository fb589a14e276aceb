package org.sparkgrad.job.read;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The results of the first pass over one block.
 *
 * @param block the block
 * @param lines the number of lines, or of those before the first wrong row
 * @param rows the number of records without a header
 * @param header the cells of the header, in the first block of a file with a header; else empty
 * @param headerLine the line of the header, from 1
 * @param firstRow the cells of the first record after the header, or empty
 * @param firstRowLine the line of the first record in the block, from 1
 * @param columns the scan of each column; places are lines of the block, from 1
 * @param spans whether a quoted cell continues in the next line; then rows and columns are invalid
 * @param problem the error in the first wrong row, or null
 * @param problemLine the line of the wrong row in the block, from 1
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
    /** Returns whether the block has lines that are not empty. */
    boolean hasRecords() {
        return rows > 0 || !header.isEmpty();
    }
}

package org.sparkgrad.job.read;

import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * The properties that all blocks of a table share, and the first row number of each block.
 *
 * @param names the column names
 * @param cells the place of each column in a record
 * @param kinds the column kinds
 * @param firstRow the row number of each block's first record
 */
record CsvLayout(List<String> names, List<Integer> cells, List<CellKind> kinds, Map<FileBlock, Long> firstRow)
        implements Serializable {
    /** Returns the row number of a block's first record. */
    long firstRow(FileBlock block) {
        Long row = firstRow.get(block);
        if (row == null) {
            throw new IllegalStateException(block + " was not there when the files were first read");
        }
        return row;
    }
}

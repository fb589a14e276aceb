package org.sparkgrad.job.read;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sparkgrad.job.problem.JobException;

/**
 * What all blocks of a table have in common, and where the rows of each stand.
 *
 * @param names the column names
 * @param kinds the column kinds
 * @param firstRow the row number of each block's first record
 */
record CsvLayout(List<String> names, List<CellKind> kinds, Map<FileBlock, Long> firstRow) implements Serializable {
    /**
     * Merges the scans of all blocks, in any order.
     *
     * @throws JobException for rows of different lengths or quotes that do not end, if files differ in their columns, or
     *     if there is no row at all
     */
    static CsvLayout of(List<CsvBlockScan> scans, CsvDialect dialect) {
        List<CsvBlockScan> ordered = scans.stream()
                .filter(scan -> scan.problem() != null || !scan.firstRecord().isEmpty())
                .sorted((a, b) -> FileBlock.PATH_ORDER.compare(a.block(), b.block()))
                .toList();
        for (CsvBlockScan scan : ordered) {
            if (scan.problem() != null) {
                throw JobException.data(scan.block().path() + ": " + scan.problem());
            }
        }
        if (ordered.stream().allMatch(scan -> scan.rows() == 0)) {
            throw JobException.data("The files hold no rows" + (dialect.header() ? " below their header." : "."));
        }
        CsvBlockScan first = ordered.get(0);
        List<CellKind> kinds = new ArrayList<>(first.kinds());
        Map<FileBlock, Long> firstRow = new HashMap<>();
        long rows = 0;
        for (CsvBlockScan scan : ordered) {
            checkColumns(first, scan, dialect);
            for (int column = 0; column < kinds.size(); column++) {
                kinds.set(column, kinds.get(column).or(scan.kinds().get(column)));
            }
            firstRow.put(scan.block(), rows);
            rows += scan.rows();
        }
        List<String> names = dialect.header() ? ColumnNames.ofHeader(first) : ColumnNames.ofIndices(kinds.size());
        return new CsvLayout(names, List.copyOf(kinds), Map.copyOf(firstRow));
    }

    /**
     * Returns the same with some columns as text, whatever they hold.
     *
     * @param columns by name or index; a table may lack some, which is for those to say who need them
     */
    CsvLayout withText(List<String> columns) {
        ColumnReferences references = new ColumnReferences(names.toArray(String[]::new));
        List<CellKind> changed = new ArrayList<>(kinds);
        for (String column : columns) {
            references.find(column).ifPresent(name -> changed.set(names.indexOf(name), CellKind.TEXT));
        }
        return new CsvLayout(names, List.copyOf(changed), firstRow);
    }

    /** Returns the row number of a block's first record. */
    long firstRow(FileBlock block) {
        Long row = firstRow.get(block);
        if (row == null) {
            throw new IllegalStateException(block + " was not there when the files were first read");
        }
        return row;
    }

    private static void checkColumns(CsvBlockScan first, CsvBlockScan scan, CsvDialect dialect) {
        if (scan.kinds().size() != first.kinds().size()) {
            throw JobException.data(
                    scan.block().path() + " has rows of " + scan.kinds().size() + " cells, "
                            + first.block().path() + " rows of " + first.kinds().size()
                            + ": give all files the same columns, or check the delimiter.");
        }
        if (dialect.startsWithHeader(scan.block()) && !scan.firstRecord().equals(first.firstRecord())) {
            throw JobException.data(scan.block().path() + " has another header than "
                    + first.block().path() + ": give all files the same columns in the same order.");
        }
    }
}

package org.sparkgrad.job.read;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** The first pass over text: counts the records of each block and finds the kind of each column. */
final class CsvScanner {
    private final CsvDialect dialect;
    private final FileBlock block;
    private long lines;
    private long rows;
    private List<String> firstRecord = List.of();
    private CellKind[] kinds = new CellKind[0];
    private boolean spans;
    private @Nullable String problem;

    private CsvScanner(CsvDialect dialect, FileBlock block) {
        this.dialect = dialect;
        this.block = block;
    }

    /**
     * Scans one partition.
     *
     * @param lines rows of {@link CsvLines}
     */
    static Iterator<CsvBlockScan> scan(Iterator<Row> lines, CsvDialect dialect) {
        List<CsvBlockScan> scans = new ArrayList<>();
        CsvScanner scanner = null;
        while (lines.hasNext()) {
            Row line = lines.next();
            if (scanner == null || !CsvLines.isIn(line, scanner.block)) {
                if (scanner != null) {
                    scans.add(scanner.result());
                }
                scanner = new CsvScanner(dialect, CsvLines.block(line));
            }
            scanner.add(line);
        }
        if (scanner != null) {
            scans.add(scanner.result());
        }
        return scans.iterator();
    }

    private void add(Row row) {
        if (problem != null) {
            return;
        }
        String line = CsvLines.text(row);
        problem = CsvLines.isUtf8(row, line)
                ? add(line)
                : "no text in UTF-8: " + ReadProblems.snippet(line)
                        + "\nSave the file as UTF-8; one that is packed needs its ending, such as .gz.";
        if (problem == null) {
            lines += Math.max(1, line.lines().count());
        }
    }

    /** Returns what is wrong with a record, or null. */
    private @Nullable String add(String line) {
        if (dialect.isEmpty(line)) {
            return null;
        }
        List<String> cells = CsvLine.cells(line, dialect.delimiter());
        if (cells == null) {
            spans = true;
            return "a quoted cell does not end in the row that starts " + ReadProblems.snippet(line)
                    + "\nClose the quotes, or check the delimiter.";
        }
        if (firstRecord.isEmpty()) {
            firstRecord = cells;
            kinds = new CellKind[cells.size()];
            Arrays.fill(kinds, CellKind.EMPTY);
            if (dialect.startsWithHeader(block)) {
                return null;
            }
        }
        if (cells.size() != kinds.length) {
            return "a row of " + cells.size() + " cells among rows of " + kinds.length + ": "
                    + ReadProblems.snippet(line) + "\nGive each row the same cells, or check the delimiter.";
        }
        for (int column = 0; column < kinds.length; column++) {
            if (kinds[column] != CellKind.TEXT) {
                kinds[column] = kinds[column].or(CellKind.of(cells.get(column)));
            }
        }
        rows++;
        return null;
    }

    private CsvBlockScan result() {
        return new CsvBlockScan(block, lines, rows, firstRecord, List.of(kinds), spans, problem);
    }
}

package org.sparkgrad.job.read;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * The results of the first pass over one block.
 *
 * @param block the block
 * @param lines the number of lines, up to and including the first wrong line
 * @param rows the number of records among them
 * @param weighted whether the records have a weight; either all or none have one
 * @param width the smallest F that the records fit
 * @param problem the error in the last line, or null
 */
record LibsvmScan(
        FileBlock block,
        long lines,
        long rows,
        long weighted,
        int width,
        @Nullable String problem) implements Serializable {
    /** Scans one partition and parses every line completely. */
    static Iterator<LibsvmScan> scan(Iterator<Row> lines, LibsvmDialect dialect) {
        List<LibsvmScan> scans = new ArrayList<>();
        LibsvmScan scan = null;
        while (lines.hasNext()) {
            Row line = lines.next();
            if (scan == null || !CsvLines.isIn(line, scan.block)) {
                if (scan != null) {
                    scans.add(scan);
                }
                scan = new LibsvmScan(CsvLines.block(line), 0, 0, 0, 0, null);
            }
            scan = scan.plus(CsvLines.text(line), dialect);
        }
        if (scan != null) {
            scans.add(scan);
        }
        return scans.iterator();
    }

    private LibsvmScan plus(String line, LibsvmDialect dialect) {
        if (problem != null) {
            return this;
        }
        if (LibsvmLine.isEmpty(line)) {
            return new LibsvmScan(block, lines + 1, rows, weighted, width, null);
        }
        try {
            LibsvmLine record = LibsvmLine.of(line, dialect);
            long weights = weighted + (record.isWeighted() ? 1 : 0);
            if (weights > 0 && weights <= rows) {
                throw new LibsvmLine.LineProblem(
                        record.isWeighted()
                                ? "a weight after the label, where lines above have none: give each line one"
                                : "no weight after the label, where lines above have one: give each line one");
            }
            return new LibsvmScan(block, lines + 1, rows + 1, weights, Math.max(width, record.width()), null);
        } catch (LibsvmLine.LineProblem wrong) {
            return new LibsvmScan(block, lines + 1, rows, weighted, width, wrong.text());
        }
    }
}

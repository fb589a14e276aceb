package org.sparkgrad.job.read;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * What the first pass saw in one block.
 *
 * @param block the block
 * @param lines its lines up to the first wrong one, which is the last of them
 * @param rows those that are records
 * @param width the least F that they fit in
 * @param problem what is wrong with the last line, or null
 */
record LibsvmScan(
        FileBlock block,
        long lines,
        long rows,
        int width,
        @Nullable String problem) implements Serializable {
    /** Scans one partition, every line to its last character. */
    static Iterator<LibsvmScan> scan(Iterator<Row> lines, int base, int features) {
        List<LibsvmScan> scans = new ArrayList<>();
        LibsvmScan scan = null;
        while (lines.hasNext()) {
            Row line = lines.next();
            if (scan == null || !CsvLines.isIn(line, scan.block)) {
                if (scan != null) {
                    scans.add(scan);
                }
                scan = new LibsvmScan(CsvLines.block(line), 0, 0, 0, null);
            }
            scan = scan.plus(CsvLines.text(line), base, features);
        }
        if (scan != null) {
            scans.add(scan);
        }
        return scans.iterator();
    }

    private LibsvmScan plus(String line, int base, int features) {
        if (problem != null) {
            return this;
        }
        if (LibsvmLine.isEmpty(line)) {
            return new LibsvmScan(block, lines + 1, rows, width, null);
        }
        try {
            int needed = LibsvmLine.of(line, base, features).width();
            return new LibsvmScan(block, lines + 1, rows + 1, Math.max(width, needed), null);
        } catch (LibsvmLine.LineProblem wrong) {
            return new LibsvmScan(block, lines + 1, rows, width, wrong.text());
        }
    }
}

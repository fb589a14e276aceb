package org.sparkgrad.job.read;

import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.read.LibsvmLine.LineProblem;

/** The first pass over a split of LIBSVM: checks each line, finds the largest index, and keeps the rows if it can. */
final class LibsvmScanner {
    /** The number of rows after which the bytes of kept rows are counted again. */
    private static final int COUNTED = 1024;

    private final @Nullable KeptBlocks<VectorBlock> kept;
    private final LibsvmRecord line;
    private @Nullable VectorBlock keeping;
    private long keptBytes;
    private long lines;
    private long rows;
    private long weighted;
    private int width;

    private LibsvmScanner(LibsvmDialect dialect, @Nullable KeptBlocks<VectorBlock> kept) {
        this.line = new LibsvmRecord(dialect);
        this.kept = kept;
        this.keeping = kept == null ? null : new VectorBlock();
    }

    /**
     * Scans one split.
     *
     * @param kept receives the rows, as long as there is room; or null
     */
    static LibsvmScan scan(
            TextSplit split,
            LibsvmDialect dialect,
            Configuration configuration,
            @Nullable KeptBlocks<VectorBlock> kept) {
        LibsvmScanner scanner = new LibsvmScanner(dialect, kept);
        String problem = null;
        try (TextRecords records = split.open(CsvDialect.LINES, configuration)) {
            while (records.next()) {
                scanner.lines++;
                scanner.add(records);
            }
        } catch (LineProblem wrong) {
            problem = wrong.text();
        }
        scanner.countKept();
        if (kept != null && scanner.keeping != null && problem == null) {
            kept.put(split.block(), scanner.keeping);
        }
        return new LibsvmScan(split.block(), scanner.lines, scanner.rows, scanner.weighted, scanner.width, problem);
    }

    private void add(TextRecords record) throws LineProblem {
        line.read(record);
        if (line.isEmpty()) {
            return;
        }
        weighted += line.isWeighted() ? 1 : 0;
        if (weighted > 0 && weighted <= rows) {
            throw new LineProblem(
                    line.isWeighted()
                            ? "a weight after the label, where lines above have none: give each line one"
                            : "no weight after the label, where lines above have one: give each line one");
        }
        width = Math.max(width, line.width());
        rows++;
        if (keeping != null) {
            line.addTo(keeping);
            if (keeping.isFull() || rows % COUNTED == 0) {
                countKept();
            }
        }
    }

    private void countKept() {
        if (kept == null || keeping == null) {
            return;
        }
        long bytes = keeping.bytes();
        if (!kept.take(bytes - keptBytes) || keeping.isFull()) {
            kept.take(-bytes);
            keeping = null;
        }
        keptBytes = bytes;
    }
}

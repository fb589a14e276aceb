package org.sparkgrad.job.read;

import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.config.TextSettings.Multiline;

/** The first pass over a split of text: counts the records, finds the kind of each column, and keeps the cells if it can. */
final class CsvScanner {
    /** The number of records after which the bytes of kept cells are counted again. */
    private static final int COUNTED = 1024;

    private final CsvDialect dialect;
    private final CellFormat format;
    private final CsvLine cutter;
    private final CsvCells plain;
    private final FileBlock block;
    private final @Nullable KeptBlocks<CsvBlock> kept;
    private long keptBytes;
    private boolean keeping;
    private boolean atHeader;
    private long lines;
    private long rows;
    private List<String> header = List.of();
    private long headerLine;
    private List<String> firstRow = List.of();
    private long firstRowLine;
    private List<CellColumn> columns = List.of();
    private boolean spans;
    private @Nullable String problem;
    private long problemLine;

    private CsvScanner(CsvDialect dialect, CellFormat format, FileBlock block, @Nullable KeptBlocks<CsvBlock> kept) {
        this.dialect = dialect;
        this.format = format;
        this.cutter = new CsvLine(dialect);
        this.plain = new CsvCells(dialect);
        this.block = block;
        this.kept = kept;
        this.keeping = kept != null;
        this.atHeader = dialect.startsWithHeader(block);
    }

    /**
     * Scans one split.
     *
     * @param kept receives the cells, as long as there is room; or null
     */
    static CsvBlockScan scan(
            TextSplit split,
            CsvDialect dialect,
            CellFormat format,
            Configuration configuration,
            @Nullable KeptBlocks<CsvBlock> kept) {
        CsvScanner scanner = new CsvScanner(dialect, format, split.block(), kept);
        try (TextRecords records = split.open(dialect, configuration)) {
            while (scanner.problem == null && records.next()) {
                scanner.add(records);
            }
        }
        return scanner.result();
    }

    private void add(TextRecords records) {
        if (!records.isPlain() || rows == 0 || !addPlain(records)) {
            addText(records);
        }
        if (rows % COUNTED == 0) {
            countKept();
        }
    }

    /** Adds a record by its bytes; returns false if that cannot be done. */
    private boolean addPlain(TextRecords records) {
        int found = plain.cut(records.bytes(), records.from(), records.to());
        if (found != 0 && found != columns.size()) {
            return false;
        }
        for (int column = 0; column < found; column++) {
            columns.get(column).add(records.bytes(), plain.from(column), plain.to(column), lines + 1);
        }
        rows += found == 0 ? 0 : 1;
        lines++;
        return true;
    }

    private void addText(TextRecords records) {
        String record = records.text();
        if (!records.isUtf8(record)) {
            refuse(
                    0,
                    "no text in UTF-8: " + ReadProblems.snippet(record)
                            + "\nSave the file as UTF-8; one that is packed needs its ending, such as .gz.");
        } else if (!dialect.isEmpty(record)) {
            add(record);
        }
        if (problem == null) {
            lines += Math.max(1, record.lines().count());
        }
    }

    private void countKept() {
        if (kept == null || !keeping) {
            return;
        }
        long bytes = columns.stream().mapToLong(CellColumn::bytes).sum();
        if (!kept.take(bytes - keptBytes)) {
            columns.forEach(CellColumn::drop);
            kept.take(-bytes);
            keeping = false;
        }
        keptBytes = bytes;
    }

    private void add(String record) {
        List<String> cells = cutter.cells(record);
        if (cells == null) {
            refuseQuotes(record);
            return;
        }
        if (dialect.multiline() == Multiline.AUTO && record.indexOf('\n') + record.indexOf('\r') > -2) {
            refuseSwallowedRows(record, cells.size());
        }
        if (atHeader) {
            atHeader = false;
            header = cells;
            headerLine = lines + 1;
            return;
        }
        if (rows == 0) {
            firstRow = cells;
            firstRowLine = lines + 1;
            columns = Stream.generate(() -> new CellColumn(format, false, keeping))
                    .limit(cells.size())
                    .toList();
        }
        if (cells.size() != columns.size()) {
            refuse(
                    0,
                    "a row of " + cells.size() + " cells among rows of " + columns.size() + ": "
                            + ReadProblems.snippet(record)
                            + "\nGive each row the same cells, or check --delimiter, --quote"
                            + " and --multiline.");
            return;
        }
        for (int column = 0; column < cells.size(); column++) {
            columns.get(column).add(cells.get(column), lines + 1);
        }
        rows++;
    }

    private void refuseQuotes(String record) {
        CsvLine.Wrong wrong = cutter.wrong(record);
        if (wrong == null) {
            throw new IllegalStateException("a record whose quotes are right has cells");
        }
        String start = ReadProblems.snippet(record.substring(wrong.at()));
        switch (wrong.fault()) {
            case OPEN -> {
                spans = dialect.maySpan();
                refuse(
                        wrong.at(),
                        record,
                        "a quoted cell does not end: " + start + "\nClose the quotes, or read them as plain text with"
                                + " --quote none" + (spans ? "" : "; cells with line breaks need --multiline true")
                                + ".");
            }
            case TEXT_AFTER_QUOTE ->
                refuse(
                        wrong.at(),
                        record,
                        "text after a closing quote in the cell that starts " + start + "\nDouble the quotes within a"
                                + " quoted cell, read a backslash before them with --escape \\, or read quotes as plain text"
                                + " with --quote none.");
        }
    }

    /** Refuses a quote that does not end. Such a quote would take all lines up to the next quote into one cell. */
    private void refuseSwallowedRows(String record, int width) {
        int expected = header.isEmpty() ? (rows == 0 ? width : columns.size()) : header.size();
        long alone = expected < 2
                ? 0
                : record.lines().filter(line -> cutter.width(line) == expected).count();
        if (alone > 1) {
            refuse(
                    0,
                    "a quote opens in this line and closes " + (record.lines().count() - 1) + " lines below, where "
                            + alone + " lines between have the " + expected + " columns of the file by themselves: "
                            + ReadProblems.snippet(record) + "\nClose the quote, read quotes as plain text with --quote"
                            + " none, or say that the cell is right with --multiline true.");
        }
    }

    private void refuse(int at, String record, String what) {
        refuse((record.substring(0, at) + '.').lines().count() - 1, what);
    }

    /** @param lineOfRecord the line within the record, from 0 */
    private void refuse(long lineOfRecord, String what) {
        if (problem == null) {
            problem = what;
            problemLine = lines + 1 + lineOfRecord;
        }
    }

    private CsvBlockScan result() {
        List<ColumnScan> scans = columns.stream().map(CellColumn::end).toList();
        countKept();
        if (kept != null && keeping && problem == null) {
            kept.put(block, new CsvBlock(columns, Math.toIntExact(rows)));
        }
        return new CsvBlockScan(
                block, lines, rows, header, headerLine, firstRow, firstRowLine, scans, spans, problem, problemLine);
    }
}

package org.sparkgrad.job.read;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.problem.JobException;

/** The second pass over text: converts the lines of a partition to numbered rows of typed cells. */
final class CsvRows implements Iterator<Row> {
    private final Iterator<Row> lines;
    private final CsvDialect dialect;
    private final CsvLine cutter;
    private final CellFormat format;
    private final CsvLayout layout;
    private FileBlock block = new FileBlock("", -1);
    private boolean atHeader;
    private long rowNumber;
    private @Nullable String next;

    /**
     * @param lines rows of {@link CsvLines}
     * @param dialect the syntax of the lines
     * @param format the format of numbers
     * @param layout the result of the first pass
     */
    CsvRows(Iterator<Row> lines, CsvDialect dialect, CellFormat format, CsvLayout layout) {
        this.lines = lines;
        this.dialect = dialect;
        this.cutter = new CsvLine(dialect);
        this.format = format;
        this.layout = layout;
    }

    @Override
    public boolean hasNext() {
        while (next == null && lines.hasNext()) {
            Row line = lines.next();
            if (!CsvLines.isIn(line, block)) {
                block = CsvLines.block(line);
                atHeader = dialect.startsWithHeader(block);
                rowNumber = layout.firstRow(block);
            }
            String text = CsvLines.text(line);
            if (dialect.isEmpty(text)) {
                continue;
            }
            if (atHeader) {
                atHeader = false;
            } else {
                next = text;
            }
        }
        return next != null;
    }

    @Override
    public Row next() {
        if (!hasNext() || next == null) {
            throw new NoSuchElementException();
        }
        List<String> cells = cutter.cells(next);
        if (cells == null || cells.size() <= lastCell()) {
            throw JobException.data(block.path() + " changed while it was read: " + ReadProblems.snippet(next));
        }
        next = null;
        List<CellKind> kinds = layout.kinds();
        @Nullable Object[] values = new @Nullable Object[kinds.size() + 1];
        for (int column = 0; column < kinds.size(); column++) {
            values[column] = format.value(cells.get(layout.cells().get(column)), kinds.get(column));
        }
        values[kinds.size()] = rowNumber++;
        return RowFactory.create(values);
    }

    private int lastCell() {
        return layout.cells().get(layout.cells().size() - 1);
    }
}

package org.sparkgrad.job.read;

import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.problem.JobException;

/** Reads the records of a split of delimited text, of which all columns are known, in batches. */
final class CsvReader extends SplitBatches.Reader {
    private static final int MOST_ROWS = 4096;
    private static final int MOST_CELLS = 1 << 20;

    private final TextSplit split;
    private final TextRecords records;
    private final CsvDialect dialect;
    private final CellFormat format;
    private final CsvLayout layout;
    private final CsvCells cells;
    private final CsvLine cutter;
    private final int[] columns;
    private final int most;
    private boolean atHeader;
    private long rowNumber;

    /**
     * @param columns the places in the layout of the columns to read; the last column is that of the row numbers
     * @param layout the result of the first pass
     */
    CsvReader(
            TextSplit split,
            int[] columns,
            CsvDialect dialect,
            CellFormat format,
            CsvLayout layout,
            Configuration configuration) {
        this(split, columns, dialect, format, layout, split.open(dialect, configuration));
    }

    private CsvReader(
            TextSplit split,
            int[] columns,
            CsvDialect dialect,
            CellFormat format,
            CsvLayout layout,
            TextRecords records) {
        super(records);
        this.split = split;
        this.columns = columns;
        this.dialect = dialect;
        this.format = format;
        this.layout = layout;
        this.cells = new CsvCells(dialect);
        this.cutter = new CsvLine(dialect);
        this.records = records;
        this.most = Math.max(1, Math.min(MOST_ROWS, MOST_CELLS / Math.max(1, columns.length)));
        this.atHeader = dialect.startsWithHeader(split.block());
    }

    @Override
    @Nullable
    ColumnarBatch next() {
        List<CellColumn> read = new ArrayList<>();
        for (int place = 0; place < places(); place++) {
            read.add(new CellColumn(format, false, false));
        }
        for (int column : columns) {
            if (!layout.isRowNumber(column)) {
                boolean text = layout.kinds().get(column) == CellKind.TEXT;
                read.set(layout.cells().get(column), new CellColumn(format, text, true));
            }
        }
        int rows = 0;
        while (rows < most && records.next()) {
            rows += add(read) ? 1 : 0;
        }
        if (rows == 0) {
            return null;
        }
        read.forEach(CellColumn::end);
        ColumnarBatch batch = layout.batch(read, columns, rows, layout.firstRow(split.block()) + rowNumber);
        if (batch == null) {
            throw changed("a cell of another kind");
        }
        rowNumber += rows;
        return batch;
    }

    private int places() {
        return layout.cells().get(layout.cells().size() - 1) + 1;
    }

    /** Adds a record and returns whether it is a row. */
    private boolean add(List<CellColumn> read) {
        int found = records.isPlain() ? cells.cut(records.bytes(), records.from(), records.to()) : CsvCells.UNUSUAL;
        List<String> texts = List.of();
        if (found == CsvCells.UNUSUAL) {
            String record = records.text();
            if (dialect.isEmpty(record)) {
                return false;
            }
            texts = cutter.cells(record);
            found = texts == null ? 0 : texts.size();
        } else if (found == 0) {
            return false;
        }
        if (atHeader) {
            atHeader = false;
            return false;
        }
        if (texts == null || found < places()) {
            throw changed(ReadProblems.snippet(records.text()));
        }
        for (int column : columns) {
            if (!layout.isRowNumber(column)) {
                int place = layout.cells().get(column);
                if (texts.isEmpty()) {
                    read.get(place).add(records.bytes(), cells.from(place), cells.to(place), 0);
                } else {
                    read.get(place).add(texts.get(place), 0);
                }
            }
        }
        return true;
    }

    private JobException changed(String what) {
        return JobException.data(split.block().path() + " changed while it was read: " + what);
    }
}

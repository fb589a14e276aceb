package org.sparkgrad.job.read;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.problem.JobException;

/** The second pass: converts the lines of a partition to rows of label, features and row number. */
final class LibsvmRows implements Iterator<Row> {
    private final Iterator<Row> lines;
    private final LibsvmLayout layout;
    private FileBlock block = new FileBlock("", -1);
    private long rowNumber;
    private @Nullable String next;

    /**
     * @param lines rows of {@link CsvLines}
     * @param layout the result of the first pass
     */
    LibsvmRows(Iterator<Row> lines, LibsvmLayout layout) {
        this.lines = lines;
        this.layout = layout;
    }

    @Override
    public boolean hasNext() {
        while (next == null && lines.hasNext()) {
            Row line = lines.next();
            if (!CsvLines.isIn(line, block)) {
                block = CsvLines.block(line);
                rowNumber = firstRow(block);
            }
            String text = CsvLines.text(line);
            next = LibsvmLine.isEmpty(text) ? null : text;
        }
        return next != null;
    }

    @Override
    public Row next() {
        if (!hasNext() || next == null) {
            throw new NoSuchElementException();
        }
        try {
            LibsvmLine line = LibsvmLine.of(next, layout.dialect());
            next = null;
            Vector features = Vectors.sparse(layout.dialect().features(), line.indices(), line.values());
            long number = rowNumber++;
            return layout.weighted()
                    ? RowFactory.create(line.label(), line.weight(), features, number)
                    : RowFactory.create(line.label(), features, number);
        } catch (LibsvmLine.LineProblem wrong) {
            throw JobException.data(block.path() + " changed while it was read: " + wrong.text() + ".");
        }
    }

    private long firstRow(FileBlock start) {
        Long row = layout.firstRow().get(start);
        if (row == null) {
            throw new IllegalStateException(start + " was not there when the files were first read");
        }
        return row;
    }
}

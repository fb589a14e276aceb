package org.sparkgrad.job.read;

import java.util.Arrays;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.sparkgrad.job.read.CellVector.Numbers;

/** Rows of LIBSVM: labels, weights, and the features that are written, as (index, value) pairs. */
final class LibsvmBlock {
    private static final int FIRST_ROWS = 64;

    /** More pairs are not kept in one block. */
    private static final int MOST_PAIRS = 1 << 28;

    private double[] labels = new double[FIRST_ROWS];
    private double[] weights = new double[FIRST_ROWS];
    private int[] starts = new int[FIRST_ROWS + 1];
    private int[] indices = new int[FIRST_ROWS];
    private double[] values = new double[FIRST_ROWS];
    private int rows;

    /** Adds a line. */
    void add(LibsvmRecord line) {
        if (rows == labels.length) {
            labels = Arrays.copyOf(labels, rows + rows / 2);
            weights = Arrays.copyOf(weights, labels.length);
            starts = Arrays.copyOf(starts, labels.length + 1);
        }
        labels[rows] = line.label();
        weights[rows] = line.weight();
        int start = starts[rows];
        int end = start + line.entries();
        if (end > indices.length) {
            int room = Math.max(end, indices.length + indices.length / 2);
            indices = Arrays.copyOf(indices, room);
            values = Arrays.copyOf(values, room);
        }
        System.arraycopy(line.indices(), 0, indices, start, line.entries());
        System.arraycopy(line.values(), 0, values, start, line.entries());
        rows++;
        starts[rows] = end;
    }

    int rows() {
        return rows;
    }

    boolean isFull() {
        return starts[rows] > MOST_PAIRS;
    }

    long bytes() {
        return (long) (Integer.BYTES + Double.BYTES) * indices.length
                + (long) (Integer.BYTES + 2 * Double.BYTES) * labels.length;
    }

    /**
     * Returns the rows as a batch of columns.
     *
     * @param layout what all blocks share
     * @param columns the places of the columns in the schema
     * @param firstRow the number of the first row
     */
    ColumnarBatch batch(LibsvmLayout layout, int[] columns, long firstRow) {
        ColumnVector[] vectors = new ColumnVector[columns.length];
        for (int i = 0; i < columns.length; i++) {
            vectors[i] = switch (layout.schema().apply(columns[i]).name()) {
                case LibsvmLayout.LABEL -> new Numbers(labels);
                case LibsvmLayout.WEIGHT -> new Numbers(weights);
                case LibsvmLayout.FEATURES -> new SparseVectors(layout.dialect().features(), starts, indices, values);
                default -> new CellVector.RowNumbers(firstRow);
            };
        }
        return new ColumnarBatch(vectors, rows);
    }
}

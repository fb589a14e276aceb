package org.sparkgrad.job.read;

import java.util.Arrays;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.sparkgrad.job.read.CellVector.Numbers;

/** Rows with a label, a weight and a vector, of which some (index, value) pairs are stored. */
final class VectorBlock {
    static final String LABEL = "label";
    static final String WEIGHT = "weight";
    static final String FEATURES = "features";

    private static final int FIRST_ROWS = 64;

    /** More pairs are not kept in one block. */
    private static final int MOST_PAIRS = 1 << 28;

    /** A batch ends at so many rows or pairs: the arrays grow by copies, and a small heap has no room for large ones. */
    private static final int BATCH_ROWS = 4096;

    private static final int BATCH_PAIRS = 1 << 18;

    private double[] labels = new double[FIRST_ROWS];
    private double[] weights = new double[FIRST_ROWS];
    private int[] starts = new int[FIRST_ROWS + 1];
    private int[] indices = new int[FIRST_ROWS];
    private double[] values = new double[FIRST_ROWS];
    private int rows;

    /**
     * Adds a row.
     *
     * @param from the features of the row's pairs, in ascending order; the array may be longer
     * @param numbers the values of these pairs
     * @param pairs the number of pairs
     */
    void add(double label, double weight, int[] from, double[] numbers, int pairs) {
        if (rows == labels.length) {
            labels = Arrays.copyOf(labels, rows + rows / 2);
            weights = Arrays.copyOf(weights, labels.length);
            starts = Arrays.copyOf(starts, labels.length + 1);
        }
        labels[rows] = label;
        weights[rows] = weight;
        int start = starts[rows];
        int end = start + pairs;
        if (end > indices.length) {
            int room = Math.max(end, indices.length + indices.length / 2);
            indices = Arrays.copyOf(indices, room);
            values = Arrays.copyOf(values, room);
        }
        System.arraycopy(from, 0, indices, start, pairs);
        System.arraycopy(numbers, 0, values, start, pairs);
        rows++;
        starts[rows] = end;
    }

    int rows() {
        return rows;
    }

    /** Returns whether there are rows enough for a batch. */
    boolean isBatch() {
        return rows >= BATCH_ROWS || starts[rows] >= BATCH_PAIRS;
    }

    boolean isFull() {
        return starts[rows] > MOST_PAIRS;
    }

    long bytes() {
        return (long) (Integer.BYTES + Double.BYTES) * indices.length
                + (long) (Integer.BYTES + 2 * Double.BYTES) * labels.length;
    }

    /**
     * Returns the rows as a batch of columns: label, weight and features by their names, row numbers by any other.
     *
     * @param schema the columns of the table
     * @param features F
     * @param compact whether each vector is in the smaller of Spark's two forms, or all are sparse
     * @param columns the places in the schema of the columns to return
     * @param firstRow the number of the first row
     */
    ColumnarBatch batch(StructType schema, int features, boolean compact, int[] columns, long firstRow) {
        ColumnVector[] vectors = new ColumnVector[columns.length];
        for (int i = 0; i < columns.length; i++) {
            vectors[i] = switch (schema.apply(columns[i]).name()) {
                case LABEL -> new Numbers(labels);
                case WEIGHT -> new Numbers(weights);
                case FEATURES -> new PairVectors(features, compact, starts, indices, values);
                default -> new CellVector.RowNumbers(firstRow);
            };
        }
        return new ColumnarBatch(vectors, rows);
    }
}

package org.sparkgrad.job.assemble;

import java.util.stream.IntStream;
import org.sparkgrad.job.read.ColumnBatch;

/**
 * Adjacent rows of a batch of columns, and the order in which they are wanted: so they are written once, to the places
 * where they stay.
 */
final class BatchPart {
    private final ColumnBatch batch;
    private final int from;
    private final int[] order;
    private final int[] places;

    /**
     * @param from the first row
     * @param order the rows, counted from the first one, in the wanted order
     */
    BatchPart(ColumnBatch batch, int from, int[] order) {
        this.batch = batch;
        this.from = from;
        this.order = order;
        this.places = new int[order.length];
        for (int place = 0; place < order.length; place++) {
            places[order[place]] = place;
        }
    }

    /** Returns rows [from, from + rows) in their own order. */
    static BatchPart inOrder(ColumnBatch batch, int from, int rows) {
        return new BatchPart(batch, from, IntStream.range(0, rows).toArray());
    }

    ColumnBatch batch() {
        return batch;
    }

    /** Returns the first row in the batch. */
    int from() {
        return from;
    }

    /** Returns the number of rows. */
    int rows() {
        return order.length;
    }

    /** Returns the row at a place, counted from the first row. */
    int row(int place) {
        return order[place];
    }

    /** Returns the place of a row that is counted from the first row. */
    int place(int row) {
        return places[row];
    }

    /** Returns the numbers of the rows, by place. */
    long[] numbers() {
        long[] read = batch.numbers(from, order.length);
        long[] numbers = new long[read.length];
        for (int row = 0; row < read.length; row++) {
            numbers[places[row]] = read[row];
        }
        return numbers;
    }
}

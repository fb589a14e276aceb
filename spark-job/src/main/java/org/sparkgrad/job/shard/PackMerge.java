package org.sparkgrad.job.shard;

import java.util.stream.IntStream;
import org.sparkgrad.job.assemble.RowBatch;
import org.sparkgrad.job.assemble.RowValues;

/** Copies rows of packs, in another order, to one pack. */
final class PackMerge {
    private PackMerge() {}

    /** Returns a copy of a pack in the order of the keys. A shard then reads each of its packs from front to back. */
    static RowBatch sorted(RowBatch pack) {
        RowBatch[] packs = {pack};
        long[] places = KeyOrder.places(packs);
        return of(packs, places, KeyOrder.of(packs, places));
    }

    /** Returns a copy of rows of a pack. */
    static RowBatch of(RowBatch pack, int[] rows) {
        long[] places = IntStream.of(rows).asLongStream().toArray();
        return of(new RowBatch[] {pack}, places, IntStream.range(0, rows.length).toArray());
    }

    /**
     * Returns a copy of rows of packs. Packs are read from front to back, and rows written out of order: a processor
     * need not wait for what it writes.
     *
     * @param places the places of the rows, as in {@link KeyOrder}
     * @param order the indices of the places in the order of the copy
     */
    static RowBatch of(RowBatch[] packs, long[] places, int[] order) {
        int rows = order.length;
        int[] ranks = new int[rows];
        for (int rank = 0; rank < rows; rank++) {
            ranks[order[rank]] = rank;
        }
        long[] ids = new long[rows];
        int[] labels = new int[rows];
        double[] weights = new double[rows];
        byte[] folds = new byte[rows];
        int[] starts = new int[rows + 1];
        boolean complete = true;
        boolean single = true;
        for (int i = 0; i < rows; i++) {
            RowBatch pack = packs[(int) (places[i] >>> 32)];
            int row = (int) places[i];
            int rank = ranks[i];
            ids[rank] = pack.ids()[row];
            labels[rank] = pack.labels()[row];
            weights[rank] = pack.weights()[row];
            folds[rank] = pack.folds()[row];
            starts[rank + 1] = pack.starts()[row + 1] - pack.starts()[row];
            complete &= pack.indices() == null;
            single &= pack.values().floats() != null;
        }
        for (int rank = 0; rank < rows; rank++) {
            starts[rank + 1] += starts[rank];
        }
        int[] indices = complete ? null : new int[starts[rows]];
        float[] floats = single ? new float[starts[rows]] : null;
        double[] doubles = new double[single ? 0 : starts[rows]];
        for (int i = 0; i < rows; i++) {
            RowBatch pack = packs[(int) (places[i] >>> 32)];
            int at = starts[ranks[i]];
            int length = starts[ranks[i] + 1] - at;
            int from = pack.starts()[(int) places[i]];
            pack.values().copy(from, length, floats, doubles, at);
            for (int entry = 0; indices != null && entry < length; entry++) {
                indices[at + entry] = pack.index((int) places[i], entry);
            }
        }
        RowValues values = single ? new RowValues(floats, doubles) : RowValues.of(doubles);
        return new RowBatch(ids, labels, weights, folds, starts, indices, values);
    }
}

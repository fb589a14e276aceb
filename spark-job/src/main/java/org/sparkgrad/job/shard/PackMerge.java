package org.sparkgrad.job.shard;

/** Copies rows of packs, in another order, to one pack. */
final class PackMerge {
    private PackMerge() {}

    /** Returns a copy of a pack in the order of the keys. A shard then reads each of its packs from front to back. */
    static PackedRows sorted(PackedRows pack) {
        PackedRows[] packs = {pack};
        return of(packs, KeyOrder.of(packs));
    }

    /** Returns a copy of rows of packs, in the order of places of {@link KeyOrder}. */
    static PackedRows of(PackedRows[] packs, long[] order) {
        int rows = order.length;
        long[] keys = new long[rows];
        int[] labels = new int[rows];
        double[] weights = new double[rows];
        byte[] folds = new byte[rows];
        int[] starts = new int[rows + 1];
        boolean complete = true;
        for (int i = 0; i < rows; i++) {
            PackedRows pack = packs[(int) (order[i] >>> 32)];
            int row = (int) order[i];
            keys[i] = pack.keys[row];
            labels[i] = pack.labels[row];
            weights[i] = pack.weights[row];
            folds[i] = pack.folds[row];
            starts[i + 1] = starts[i] + pack.starts[row + 1] - pack.starts[row];
            complete &= pack.indices == null;
        }
        int[] indices = complete ? null : indices(packs, order, starts);
        return new PackedRows(keys, labels, weights, folds, starts, indices, values(packs, order, starts));
    }

    private static int[] indices(PackedRows[] packs, long[] order, int[] starts) {
        int[] gathered = new int[starts[order.length]];
        for (int i = 0; i < order.length; i++) {
            PackedRows pack = packs[(int) (order[i] >>> 32)];
            for (int entry = 0; entry < starts[i + 1] - starts[i]; entry++) {
                gathered[starts[i] + entry] = pack.index((int) order[i], entry);
            }
        }
        return gathered;
    }

    /** Returns a copy of the numbers of rows of packs, in the order of places, each row at its new start. */
    private static PackedValues values(PackedRows[] packs, long[] order, int[] starts) {
        int count = starts[order.length];
        boolean single = true;
        for (PackedRows pack : packs) {
            single &= pack.values.floats() != null;
        }
        float[] floats = new float[single ? count : 0];
        double[] doubles = new double[single ? 0 : count];
        for (int i = 0; i < order.length; i++) {
            PackedRows pack = packs[(int) (order[i] >>> 32)];
            PackedValues values = pack.values;
            int from = pack.starts[(int) order[i]];
            int length = starts[i + 1] - starts[i];
            if (values.floats() == null) {
                System.arraycopy(values.doubles(), from, doubles, starts[i], length);
            } else if (single) {
                System.arraycopy(values.floats(), from, floats, starts[i], length);
            } else {
                for (int j = 0; j < length; j++) {
                    doubles[starts[i] + j] = values.get(from + j);
                }
            }
        }
        return single ? new PackedValues(floats, doubles) : PackedValues.of(doubles);
    }
}

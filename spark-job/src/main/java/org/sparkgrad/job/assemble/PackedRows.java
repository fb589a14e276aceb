package org.sparkgrad.job.assemble;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of rows, little-endian: number of rows, of pairs, and flags; ids, weights, labels, starts, indices, values and
 * folds. Weights that are all 1, folds that are all 0, and the starts of rows with all features are left out.
 */
final class PackedRows implements Serializable {
    private static final int HEADER = 3 * Integer.BYTES;
    private static final int SPARSE = 1;
    private static final int SINGLE = 2;
    private static final int WEIGHTED = 4;
    private static final int FOLDED = 8;

    private static final long serialVersionUID = 1L;

    private final byte[] bytes;

    private PackedRows(byte[] bytes) {
        this.bytes = bytes;
    }

    static PackedRows of(RowBatch batch) {
        int rows = batch.rows();
        int count = batch.starts()[rows];
        float[] floats = batch.values().floats();
        int[] indices = batch.indices();
        boolean weighted = Arrays.stream(batch.weights(), 0, rows).anyMatch(weight -> weight != 1);
        boolean folded = false;
        for (int row = 0; row < rows; row++) {
            folded |= batch.folds()[row] != 0;
        }
        long size = HEADER + (long) (Long.BYTES + Integer.BYTES) * rows;
        size += weighted ? (long) Double.BYTES * rows : 0;
        size += indices == null ? 0 : Integer.BYTES * (rows + 1L + count);
        size += (long) (floats == null ? Double.BYTES : Float.BYTES) * count;
        size += folded ? rows : 0;
        ByteBuffer out = ByteBuffer.allocate(Math.toIntExact(size)).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(rows).putInt(count);
        out.putInt((indices == null ? 0 : SPARSE)
                | (floats == null ? 0 : SINGLE)
                | (weighted ? WEIGHTED : 0)
                | (folded ? FOLDED : 0));
        out.asLongBuffer().put(batch.ids(), 0, rows);
        skip(out, Long.BYTES * rows);
        if (weighted) {
            out.asDoubleBuffer().put(batch.weights(), 0, rows);
            skip(out, Double.BYTES * rows);
        }
        put(out, batch.labels(), rows);
        if (indices != null) {
            put(out, batch.starts(), rows + 1);
            put(out, indices, count);
        }
        if (floats == null) {
            out.asDoubleBuffer().put(batch.values().doubles(), 0, count);
        } else {
            out.asFloatBuffer().put(floats, 0, count);
        }
        skip(out, (floats == null ? Double.BYTES : Float.BYTES) * count);
        if (folded) {
            out.put(batch.folds(), 0, rows);
        }
        return new PackedRows(out.array());
    }

    private Object readResolve() {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int rows = in.getInt();
        int count = in.getInt();
        int flags = in.getInt();
        long[] ids = new long[rows];
        in.asLongBuffer().get(ids);
        skip(in, Long.BYTES * rows);
        double[] weights = new double[rows];
        if ((flags & WEIGHTED) != 0) {
            in.asDoubleBuffer().get(weights);
            skip(in, Double.BYTES * rows);
        } else {
            Arrays.fill(weights, 1);
        }
        int[] labels = ints(in, rows);
        boolean sparse = (flags & SPARSE) != 0;
        int[] starts = sparse ? ints(in, rows + 1) : RowBatch.denseStarts(rows, rows == 0 ? 0 : count / rows);
        int @Nullable [] indices = sparse ? ints(in, count) : null;
        boolean single = (flags & SINGLE) != 0;
        float @Nullable [] floats = single ? new float[count] : null;
        double[] doubles = new double[single ? 0 : count];
        if (floats == null) {
            in.asDoubleBuffer().get(doubles);
        } else {
            in.asFloatBuffer().get(floats);
        }
        skip(in, (single ? Float.BYTES : Double.BYTES) * count);
        byte[] folds = new byte[rows];
        if ((flags & FOLDED) != 0) {
            in.get(folds);
        }
        return new RowBatch(ids, labels, weights, folds, starts, indices, new RowValues(floats, doubles));
    }

    private static void put(ByteBuffer out, int[] numbers, int count) {
        out.asIntBuffer().put(numbers, 0, count);
        skip(out, Integer.BYTES * count);
    }

    private static int[] ints(ByteBuffer in, int count) {
        int[] numbers = new int[count];
        in.asIntBuffer().get(numbers);
        skip(in, Integer.BYTES * count);
        return numbers;
    }

    private static void skip(ByteBuffer buffer, int bytes) {
        buffer.position(buffer.position() + bytes);
    }
}

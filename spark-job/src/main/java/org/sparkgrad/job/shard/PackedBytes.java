package org.sparkgrad.job.shard;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** {@link PackedRows} as Java's serializer sees them: one array of little-endian numbers. */
final class PackedBytes implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final int HEADER = 4 * Integer.BYTES;
    private static final int ROW = Long.BYTES + Integer.BYTES + Double.BYTES + Byte.BYTES;

    private final byte[] bytes;

    private PackedBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    static PackedBytes of(PackedRows pack) {
        int rows = pack.rows();
        int count = pack.values.length();
        int[] indices = pack.indices == null ? new int[0] : pack.indices;
        float[] floats = pack.values.floats();
        double[] doubles = pack.values.doubles();
        long size = HEADER + (long) ROW * rows + Integer.BYTES * (rows + 1L + indices.length);
        size += (long) (floats == null ? Double.BYTES : Float.BYTES) * count;
        ByteBuffer out = ByteBuffer.allocate(Math.toIntExact(size)).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(rows).putInt(count).putInt(pack.indices == null ? 0 : 1).putInt(floats == null ? 0 : 1);
        out.asLongBuffer().put(pack.keys);
        skip(out, Long.BYTES * rows);
        out.asDoubleBuffer().put(pack.weights);
        skip(out, Double.BYTES * rows);
        out.asIntBuffer().put(pack.labels).put(pack.starts).put(indices);
        skip(out, Integer.BYTES * (2 * rows + 1 + indices.length));
        if (floats == null) {
            out.asDoubleBuffer().put(doubles);
        } else {
            out.asFloatBuffer().put(floats);
        }
        skip(out, (floats == null ? Double.BYTES : Float.BYTES) * count);
        out.put(pack.folds);
        return new PackedBytes(out.array());
    }

    private Object readResolve() {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int rows = in.getInt();
        int count = in.getInt();
        boolean sparse = in.getInt() == 1;
        boolean single = in.getInt() == 1;
        long[] keys = new long[rows];
        in.asLongBuffer().get(keys);
        skip(in, Long.BYTES * rows);
        double[] weights = new double[rows];
        in.asDoubleBuffer().get(weights);
        skip(in, Double.BYTES * rows);
        int[] labels = ints(in, rows);
        int[] starts = ints(in, rows + 1);
        int @Nullable [] indices = sparse ? ints(in, count) : null;
        float @Nullable [] floats = single ? new float[count] : null;
        double[] doubles = new double[single ? 0 : count];
        if (floats == null) {
            in.asDoubleBuffer().get(doubles);
        } else {
            in.asFloatBuffer().get(floats);
        }
        skip(in, (single ? Float.BYTES : Double.BYTES) * count);
        byte[] folds = new byte[rows];
        in.get(folds);
        return new PackedRows(keys, labels, weights, folds, starts, indices, new PackedValues(floats, doubles));
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

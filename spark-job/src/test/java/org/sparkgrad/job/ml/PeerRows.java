package org.sparkgrad.job.ml;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Reads what {@link PeerCase} wrote, in slices of rows. */
final class PeerRows {
    private static final int SLICE = 10_000;

    private PeerRows() {}

    /** Returns rows of label and features. */
    static JavaRDD<Row> read(JavaSparkContext spark, Path folder) throws IOException {
        int rows = (int) (Files.size(folder.resolve("y.f32")) / Float.BYTES);
        List<Integer> slices = IntStream.rangeClosed(0, (rows - 1) / SLICE).boxed().toList();
        String path = folder.toString();
        return spark.parallelize(slices, Math.min(slices.size(), 64)).flatMap(slice -> slice(Path.of(path), slice, rows));
    }

    private static Iterator<Row> slice(Path folder, int slice, int rows) {
        int start = slice * SLICE;
        int count = Math.min(SLICE, rows - start);
        ByteBuffer labels = bytes(folder.resolve("y.f32"), (long) start * Float.BYTES, count * Float.BYTES);
        IntStream all = IntStream.range(0, count);
        if (Files.exists(folder.resolve("x.f32"))) {
            int features = (int) (size(folder.resolve("x.f32")) / Float.BYTES / rows);
            int width = features * Float.BYTES;
            return all.mapToObj(row -> row(
                            labels,
                            row,
                            dense(bytes(folder.resolve("x.f32"), (long) (start + row) * width, width), features)))
                    .iterator();
        }
        ByteBuffer starts = bytes(folder.resolve("starts.i64"), (long) start * Long.BYTES, (count + 1) * Long.BYTES);
        int features = features(folder);
        return all.mapToObj(row -> row(labels, row, sparse(folder, starts, row, features)))
                .iterator();
    }

    /** Returns F of compressed rows. */
    private static int features(Path folder) {
        ByteBuffer indices = bytes(folder.resolve("indices.i32"), 0, (int) size(folder.resolve("indices.i32")));
        int most = 0;
        while (indices.hasRemaining()) {
            most = Math.max(most, indices.getInt());
        }
        return most + 1;
    }

    private static Row row(ByteBuffer labels, int row, Vector features) {
        return RowFactory.create((double) labels.getFloat(row * Float.BYTES), features);
    }

    private static Vector dense(ByteBuffer bytes, int features) {
        double[] values = new double[features];
        for (int j = 0; j < features; j++) {
            values[j] = bytes.getFloat();
        }
        return Vectors.dense(values);
    }

    private static Vector sparse(Path folder, ByteBuffer starts, int row, int features) {
        long from = starts.getLong(row * Long.BYTES);
        int count = (int) (starts.getLong((row + 1) * Long.BYTES) - from);
        ByteBuffer columns = bytes(folder.resolve("indices.i32"), from * Integer.BYTES, count * Integer.BYTES);
        ByteBuffer numbers = bytes(folder.resolve("values.f32"), from * Float.BYTES, count * Float.BYTES);
        int[] indices = new int[count];
        double[] values = new double[count];
        for (int e = 0; e < count; e++) {
            indices[e] = columns.getInt();
            values[e] = numbers.getFloat();
        }
        return Vectors.sparse(features, indices, values);
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static ByteBuffer bytes(Path file, long start, int length) {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = FileChannel.open(file)) {
            while (bytes.hasRemaining() && channel.read(bytes, start + bytes.position()) >= 0) {
                // until all is there
            }
            return bytes.flip();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}

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
    private static final int PARTITIONS = 64;

    private PeerRows() {}

    /** Returns rows of label and features. */
    static JavaRDD<Row> read(JavaSparkContext spark, Path folder) throws IOException {
        String[] shape = Files.readString(folder.resolve("shape")).split(" ", -1);
        int rows = Integer.parseInt(shape[0]);
        int features = Integer.parseInt(shape[1]);
        List<Integer> slices =
                IntStream.rangeClosed(0, (rows - 1) / SLICE).boxed().toList();
        String path = folder.toString();
        return spark.parallelize(slices, Math.min(slices.size(), PARTITIONS))
                .flatMap(slice -> slice(Path.of(path), slice * SLICE, rows, features));
    }

    private static Iterator<Row> slice(Path folder, int start, int rows, int features) {
        int count = Math.min(SLICE, rows - start);
        ByteBuffer labels = bytes(folder.resolve("y.f32"), (long) start * Float.BYTES, count * Float.BYTES);
        Path dense = folder.resolve("x.f32");
        if (Files.exists(dense)) {
            int width = features * Float.BYTES;
            ByteBuffer values = bytes(dense, (long) start * width, count * width);
            return IntStream.range(0, count)
                    .mapToObj(row -> row(labels, row, dense(values, features)))
                    .iterator();
        }
        ByteBuffer starts = bytes(folder.resolve("starts.i64"), (long) start * Long.BYTES, (count + 1) * Long.BYTES);
        long from = starts.getLong(0);
        int entries = (int) (starts.getLong(count * Long.BYTES) - from);
        ByteBuffer columns = bytes(folder.resolve("indices.i32"), from * Integer.BYTES, entries * Integer.BYTES);
        ByteBuffer values = bytes(folder.resolve("values.f32"), from * Float.BYTES, entries * Float.BYTES);
        return IntStream.range(0, count)
                .mapToObj(row -> row(labels, row, sparse(starts, row, columns, values, features)))
                .iterator();
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

    private static Vector sparse(ByteBuffer starts, int row, ByteBuffer columns, ByteBuffer values, int features) {
        int count = (int) (starts.getLong((row + 1) * Long.BYTES) - starts.getLong(row * Long.BYTES));
        int[] indices = new int[count];
        double[] numbers = new double[count];
        for (int e = 0; e < count; e++) {
            indices[e] = columns.getInt();
            numbers[e] = values.getFloat();
        }
        return Vectors.sparse(features, indices, numbers);
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

package org.sparkgrad.job.ml;

import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * Writes the data of a case of the peers benchmark, the same every time, as files that Java and NumPy read: {@code shape}, rows
 * and features, {@code y.f32}, and {@code x.f32} row-major, or {@code starts.i64}, {@code indices.i32} and {@code values.f32} of compressed rows; all
 * little-endian.
 */
final class PeerCase {
    private static final Pattern DENSE = Pattern.compile("dense-(\\d+)x(\\d+)(-correlated)?(-l1)?");
    private static final Pattern SPARSE = Pattern.compile("sparse-(\\d+)x(\\d+)x(\\d+)");

    /** Neighbouring columns correlate so much that the condition is ((1 + r) / (1 - r))^2 = 1.75e4. */
    private static final double CORRELATION = 0.985;

    private PeerCase() {}

    /** Rows, one at a time, into the arrays; returns the label. */
    private interface Rows {
        int fill(int row, float[] values);
    }

    /** Writes the files, unless they are there. */
    static void write(String name, Path data, Path folder) throws IOException {
        if (Files.exists(folder.resolve("y.f32"))) {
            return;
        }
        Files.createDirectories(folder);
        Matcher dense = DENSE.matcher(name);
        Matcher sparse = SPARSE.matcher(name);
        if (name.equals("mnist")) {
            digits(data, folder);
        } else if (name.equals("a9a")) {
            libsvm(data.resolve("a9a/a9a.labels01"), folder);
        } else if (dense.matches()) {
            int rows = Integer.parseInt(dense.group(1));
            int features = Integer.parseInt(dense.group(2));
            normal(rows, features, dense.group(3) == null ? 0 : CORRELATION, dense.group(4) == null ? 1 : 10, folder);
        } else if (sparse.matches()) {
            skewed(
                    Integer.parseInt(sparse.group(1)),
                    Integer.parseInt(sparse.group(2)),
                    Integer.parseInt(sparse.group(3)),
                    folder);
        } else {
            throw new IllegalArgumentException("no case " + name);
        }
    }

    private static void digits(Path data, Path folder) throws IOException {
        try (DataInputStream images = gzip(data.resolve("mnist/train-images-idx3-ubyte.gz"));
                DataInputStream labels = gzip(data.resolve("mnist/train-labels-idx1-ubyte.gz"))) {
            images.skipNBytes(16);
            labels.skipNBytes(8);
            byte[] pixels = new byte[784];
            dense(folder, 60_000, 784, (row, x) -> {
                try {
                    images.readFully(pixels);
                    for (int j = 0; j < x.length; j++) {
                        x[j] = (pixels[j] & 0xFF) / 255f;
                    }
                    return labels.readUnsignedByte();
                } catch (IOException failure) {
                    throw new java.io.UncheckedIOException(failure);
                }
            });
        }
    }

    private static DataInputStream gzip(Path file) throws IOException {
        InputStream stream = new GZIPInputStream(Files.newInputStream(file), 1 << 16);
        return new DataInputStream(stream);
    }

    /** Normal columns and a logistic label of them; every so many coefficients is not 0. */
    private static void normal(int rows, int features, double correlation, int every, Path folder) throws IOException {
        SplittableRandom random = new SplittableRandom(7);
        double[] truth = new double[features];
        Arrays.setAll(truth, j -> j % every == 0 ? random.nextGaussian() : 0);
        double size = Math.sqrt(features * (1.0 / every) / 4);
        double rest = Math.sqrt(1 - correlation * correlation);
        dense(folder, rows, features, (row, x) -> {
            double score = 0;
            for (int j = 0; j < features; j++) {
                double before = j == 0 ? random.nextGaussian() : x[j - 1];
                x[j] = (float) (correlation * before + rest * random.nextGaussian());
                score += truth[j] * x[j];
            }
            return random.nextDouble() < 1 / (1 + Math.exp(-score / size)) ? 1 : 0;
        });
    }

    /** Ones in columns of which the first are the most frequent, a third of them for class 1 and a third against it. */
    private static void skewed(int rows, int features, int entries, Path folder) throws IOException {
        SplittableRandom random = new SplittableRandom(7);
        float[] labels = new float[rows];
        sparse(folder, rows, features, row -> {
            int[] columns = random.doubles(entries)
                    .mapToInt(u -> (int) Math.pow(features, u) - 1)
                    .sorted()
                    .distinct()
                    .toArray();
            double score = Arrays.stream(columns)
                            .map(j -> Math.floorMod(j * 31, 3) - 1)
                            .sum()
                    / 2.0;
            labels[row] = random.nextDouble() < 1 / (1 + Math.exp(-score)) ? 1 : 0;
            return columns;
        });
        write(folder.resolve("y.f32"), floats(labels));
    }

    private static void libsvm(Path file, Path folder) throws IOException {
        String[] lines;
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            lines = reader.lines().filter(line -> !line.isBlank()).toArray(String[]::new);
        }
        float[] labels = new float[lines.length];
        sparse(folder, lines.length, 123, row -> {
            String[] words = lines[row].strip().split(" ");
            labels[row] = Float.parseFloat(words[0]);
            return Arrays.stream(words)
                    .skip(1)
                    .mapToInt(e -> Integer.parseInt(e.substring(0, e.indexOf(':'))) - 1)
                    .toArray();
        });
        write(folder.resolve("y.f32"), floats(labels));
    }

    private static void dense(Path folder, int count, int features, Rows rows) throws IOException {
        float[] labels = new float[count];
        float[] x = new float[features];
        ByteBuffer bytes = buffer(Float.BYTES * features);
        try (FileChannel file = open(folder.resolve("x.f32"))) {
            for (int row = 0; row < count; row++) {
                labels[row] = rows.fill(row, x);
                bytes.clear();
                bytes.asFloatBuffer().put(x);
                file.write(bytes);
            }
        }
        write(folder.resolve("y.f32"), floats(labels));
        Files.writeString(folder.resolve("shape"), count + " " + features);
    }

    private static void sparse(Path folder, int count, int features, IntFunction<int[]> rows) throws IOException {
        ByteBuffer starts = buffer(Long.BYTES * (count + 1));
        long entries = 0;
        starts.putLong(entries);
        try (FileChannel indices = open(folder.resolve("indices.i32"));
                FileChannel values = open(folder.resolve("values.f32"))) {
            for (int row = 0; row < count; row++) {
                int[] columns = rows.apply(row);
                entries += columns.length;
                starts.putLong(entries);
                ByteBuffer bytes = buffer(Integer.BYTES * columns.length);
                bytes.asIntBuffer().put(columns);
                indices.write(bytes);
                float[] ones = new float[columns.length];
                Arrays.fill(ones, 1);
                values.write(floats(ones));
            }
        }
        write(folder.resolve("starts.i64"), starts.flip());
        Files.writeString(folder.resolve("shape"), count + " " + features);
    }

    private static ByteBuffer floats(float[] values) {
        ByteBuffer bytes = buffer(Float.BYTES * values.length);
        bytes.asFloatBuffer().put(values);
        return bytes;
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
    }

    private static void write(Path file, ByteBuffer bytes) throws IOException {
        try (FileChannel channel = open(file)) {
            channel.write(bytes);
        }
    }
}

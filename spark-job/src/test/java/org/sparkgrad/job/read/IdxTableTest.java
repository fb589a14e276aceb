package org.sparkgrad.job.read;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.sparkgrad.job.read.Problems.assertDataProblem;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgrad.job.RealData;
import org.sparkgrad.job.TestSpark;

class IdxTableTest {
    @TempDir
    private Path folder;

    private byte[] images;
    private byte[] labels;
    private Path plainImages;
    private Path plainLabels;

    @BeforeEach
    void writeFiles() throws IOException {
        images = idx(new int[] {3, 2, 2}, 0, 255, 51, 0, 1, 2, 3, 4, 9, 9, 9, 9);
        labels = idx(new int[] {3}, 7, 200, 0);
        plainImages = Files.write(folder.resolve("images"), images);
        plainLabels = Files.write(folder.resolve("labels"), labels);
    }

    @Test
    void pairsComeInTheOrderGiven() throws IOException {
        Path flat = zip("a-images.gz", idx(new int[] {1, 4}, 5, 6, 7, 8));
        Path flatLabels = zip("a-labels.gz", idx(new int[] {1}, 1));
        List<Row> rows = read(List.of(plainImages, flat), List.of(plainLabels, flatLabels), true)
                .collectAsList();
        assertEquals(4, rows.size());
        assertEquals(200.0, rows.get(1).getDouble(0));
        assertArrayEquals(new double[] {5, 6, 7, 8}, vector(rows.get(3)).toArray());
        for (int row = 0; row < rows.size(); row++) {
            assertEquals(row, rows.get(row).getLong(2));
        }
    }

    @Test
    void bytesAreScaledToOne() {
        Row row = read(List.of(plainImages), List.of(plainLabels), false).first();
        assertArrayEquals(new double[] {0, 1, 0.2, 0}, vector(row).toArray(), 1e-15);
    }

    @Test
    void aPairKnowsItsWholePathsSinceExecutorsHaveOtherWorkingDirectories() {
        Path relative = Path.of("").toAbsolutePath().relativize(plainImages.toAbsolutePath());
        IdxPair pair = IdxPair.of(new Configuration(), relative.toString(), plainLabels.toString(), 0);
        assertEquals(
                plainImages.toUri().getPath(),
                new org.apache.hadoop.fs.Path(pair.images()).toUri().getPath());
    }

    @Test
    void filesThatDoNotFitAreRefused() throws IOException {
        Path two = Files.write(folder.resolve("two"), idx(new int[] {2}, 1, 2));
        assertRefused(plainImages, two, plainImages, two, "3 records", "2 labels");
        assertRefused(plainLabels, plainImages, plainImages, "swapped");
        Path narrow = Files.write(folder.resolve("narrow"), idx(new int[] {2, 1}, 1, 2));
        assertDataProblem(() -> read(List.of(plainImages, narrow), List.of(plainLabels, two), true), narrow, "1 bytes");
    }

    @Test
    void filesOfAnotherKindAreRefused() throws IOException {
        Path text = Files.writeString(folder.resolve("text"), "some text");
        assertRefused(text, plainLabels, text, "no IDX file");
        Path floats = Files.write(folder.resolve("floats"), new byte[] {0, 0, 0x0d, 1, 0, 0, 0, 0});
        assertRefused(plainImages, floats, floats, "00000d01");
        Path empty = Files.createFile(folder.resolve("empty"));
        assertRefused(empty, plainLabels, empty, "empty");
        Path none = folder.resolve("none");
        assertRefused(none, plainLabels, none);
        Path header = Files.write(folder.resolve("header"), new byte[] {0, 0, 8, 3, 0, 0});
        assertRefused(header, plainLabels, header, "cut short");
        Path huge = Files.write(folder.resolve("huge"), idx(new int[] {3, 1 << 30, 1 << 30}));
        assertRefused(huge, plainLabels, huge, "damaged");
    }

    @Test
    void filesOfAnotherLengthAreRefused() throws IOException {
        Path shorter = Files.write(folder.resolve("short"), Arrays.copyOf(images, images.length - 1));
        assertRefused(shorter, plainLabels, shorter, "record 2", "cut short");
        Path longer = Files.write(folder.resolve("long"), Arrays.copyOf(labels, labels.length + 1));
        assertRefused(plainImages, longer, longer, "goes on");
        byte[] zipped = Files.readAllBytes(zip("whole.gz", images));
        Path cut = Files.write(folder.resolve("cut.gz"), Arrays.copyOf(zipped, zipped.length - 12));
        assertRefused(cut, plainLabels, cut, "cut short");
        zipped[14] ^= 0x55;
        Path damaged = Files.write(folder.resolve("damaged.gz"), zipped);
        assertRefused(damaged, plainLabels, damaged);
    }

    @Test
    void longRecordsComeInBatchesOfFew() throws IOException {
        int[] bytes = new int[300 * 64 * 64];
        Arrays.fill(bytes, 7);
        Path wide = Files.write(folder.resolve("wide"), idx(new int[] {300, 64, 64}, bytes));
        Path ones = Files.write(folder.resolve("ones"), idx(new int[] {300}, new int[300]));
        List<Integer> rows = ColumnBatches.of(read(List.of(wide), List.of(ones), true))
                .batches()
                .map(ColumnBatch::rows)
                .collect();
        assertEquals(List.of(64, 64, 64, 64, 44), rows);
    }

    @Test
    void mnist() {
        Path mnist = RealData.folder("mnist");
        Dataset<Row> table = read(
                List.of(mnist.resolve("train-images-idx3-ubyte.gz")),
                List.of(mnist.resolve("train-labels-idx1-ubyte.gz")),
                true);
        List<Row> counts = table.groupBy("label").count().orderBy("label").collectAsList();
        long[] expected = {5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949};
        assertArrayEquals(
                expected, counts.stream().mapToLong(row -> row.getLong(1)).toArray());
        Row first = table.first();
        assertEquals(5.0, first.getDouble(0));
        assertEquals(784, vector(first).size());
        double[] pixels = vector(first).toArray();
        assertArrayEquals(new double[] {0, 3, 18, 18, 18, 126}, Arrays.copyOfRange(pixels, 151, 157));
        assertInstanceOf(SparseVector.class, vector(first));
        Set<Long> numbers = new HashSet<>();
        table.select(Table.ROW_NUMBER).collectAsList().forEach(row -> numbers.add(row.getLong(0)));
        assertEquals(60_000, numbers.size());
        assertEquals(59_999, numbers.stream().mapToLong(Long::longValue).max().orElse(-1));
    }

    private void assertRefused(Path data, Path label, Object... words) {
        assertDataProblem(() -> read(List.of(data), List.of(label), true).count(), words);
        assertDataProblem(() -> read(List.of(data), List.of(label), true).collectAsList(), words);
    }

    private static Vector vector(Row row) {
        return row.getAs(1);
    }

    private static Dataset<Row> read(List<Path> data, List<Path> labels, boolean raw) {
        return TableReader.read(TestSpark.session("local[2]"), TestSettings.idx(data, labels, raw))
                .rows();
    }

    private Path zip(String name, byte[] bytes) throws IOException {
        Path file = folder.resolve(name);
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(bytes);
        }
        return file;
    }

    private static byte[] idx(int[] dimensions, int... bytes) throws IOException {
        ByteArrayOutputStream array = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(array);
        out.writeInt(0x800 + dimensions.length);
        for (int dimension : dimensions) {
            out.writeInt(dimension);
        }
        for (int value : bytes) {
            out.writeByte(value);
        }
        return array.toByteArray();
    }
}

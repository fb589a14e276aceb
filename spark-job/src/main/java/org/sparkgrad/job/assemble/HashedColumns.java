package org.sparkgrad.job.assemble;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.hash.Murmur3_x86_32;
import org.sparkgrad.job.read.ColumnBatch;
import org.sparkgrad.score.ModelColumn;

/**
 * Text columns that are hashed to shared features, as Spark's FeatureHasher does. The feature of a text is the murmur3
 * hash of COLUMN=TEXT. The values of texts with the same feature are added (Weinberger et al., Feature Hashing for
 * Large Scale Multitask Learning, 2009).
 *
 * @param columns the columns
 * @param names the names of the columns in the pipeline; the hash uses these names
 * @param width the number of features
 */
record HashedColumns(List<String> columns, List<String> names, int width) implements FeatureColumn {
    /** The only seed of FeatureHasher. */
    private static final int SEED = 42;

    @Override
    public List<String> featureNames() {
        return IntStream.range(0, width).mapToObj(feature -> "hash_" + feature).toList();
    }

    @Override
    public ModelColumn described() {
        return new ModelColumn.Hashed(columns, names, width, SEED);
    }

    @Override
    public RowEntries entries(ColumnBatch batch, int column, int from, int rows, int first) {
        int[][] hashed = new int[columns.size()][];
        for (int i = 0; i < hashed.length; i++) {
            TextCells texts = new TextCells(batch.column(column + i), from, rows);
            int[] known = new int[texts.texts()];
            for (int code = 0; code < known.length; code++) {
                known[code] = feature(names.get(i) + "=" + texts.text(code));
            }
            hashed[i] = IntStream.range(0, rows)
                    .map(row -> texts.code(row) < 0 ? -1 : known[texts.code(row)])
                    .toArray();
        }
        int[] ofRow = new int[columns.size()];
        return (row, indices, values, count) -> {
            int present = 0;
            for (int[] features : hashed) {
                if (features[row] >= 0) {
                    ofRow[present++] = features[row];
                }
            }
            int next = count;
            Arrays.sort(ofRow, 0, present);
            for (int i = 0; i < present; i++) {
                if (i > 0 && ofRow[i] == ofRow[i - 1]) {
                    values[next - 1]++;
                } else {
                    indices[next] = first + ofRow[i];
                    values[next++] = 1;
                }
            }
            return next;
        };
    }

    @Override
    public void read(long number, Row row, int[] places, int column, int first, FeatureRow features) {
        int[] hashed = new int[names.size()];
        int count = 0;
        for (int i = 0; i < names.size(); i++) {
            int place = places[column + i];
            if (!row.isNullAt(place)) {
                hashed[count++] = feature(names.get(i) + "=" + row.get(place));
            }
        }
        Arrays.sort(hashed, 0, count);
        for (int i = 0; i < count; ) {
            int next = i + 1;
            while (next < count && hashed[next] == hashed[i]) {
                next++;
            }
            features.add(first + hashed[i], next - i);
            i = next;
        }
    }

    private int feature(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int hash = Murmur3_x86_32.hashUnsafeBytes2(bytes, Platform.BYTE_ARRAY_OFFSET, bytes.length, SEED);
        return Math.floorMod(hash, width);
    }
}

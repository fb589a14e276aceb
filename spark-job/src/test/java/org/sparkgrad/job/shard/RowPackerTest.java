package org.sparkgrad.job.shard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkgrad.job.assemble.Instance;
import org.sparkgrad.job.assemble.RowBatch;
import org.sparkgrad.job.assemble.RowBatches;

/** Rows on their way to their shard. */
class RowPackerTest {
    private static final Vector DENSE = Vectors.dense(0.5, 0, -0.0, 3);
    private static final Vector PRECISE = Vectors.dense(0.1, 1e300, 4.9e-324, 1);
    private static final Vector SPARSE = Vectors.sparse(4, new int[] {1, 3}, new double[] {2, -7});
    private static final Vector EMPTY = Vectors.sparse(4, new int[0], new double[0]);
    private static final Vector WHOLE = Vectors.sparse(4, new int[] {0, 1, 2, 3}, new double[] {1, 2, 3, 4});

    /** Whichever kinds of rows share a pack, and in whatever order, nothing of them is lost on the way. */
    @ParameterizedTest
    @ValueSource(strings = {"d", "p", "s", "e", "w", "dw", "ds", "sd", "wsd", "ps", "dpesw", "ee"})
    void rowsArriveAsTheyWere(String kinds) throws IOException, ClassNotFoundException {
        List<Instance> rows = new ArrayList<>();
        for (int i = 0; i < kinds.length(); i++) {
            Vector features = switch (kinds.charAt(i)) {
                case 'd' -> DENSE;
                case 'p' -> PRECISE;
                case 's' -> SPARSE;
                case 'e' -> EMPTY;
                default -> WHOLE;
            };
            rows.add(new Instance(rows.size(), rows.size() % 3, 0.25 * rows.size(), features, rows.size() % 2));
        }
        Iterator<RowBatch> packs = new RowPacker(1, 1).call(RowBatches.of(rows.iterator()));
        assertTrue(packs.hasNext());
        RowBatch pack = copy(packs.next());
        assertEquals(rows.size(), pack.rows());
        rows.sort((a, b) -> Long.compareUnsigned(key(a), key(b)));
        for (int i = 0; i < rows.size(); i++) {
            double[] features = {9, 9, 9, 9};
            pack.copy(i, features);
            assertArrayEquals(rows.get(i).features().toArray(), features);
            assertEquals(rows.get(i).label(), pack.labels()[i]);
            assertEquals(rows.get(i).weight(), pack.weights()[i]);
            assertEquals(rows.get(i).fold(), pack.folds()[i]);
            assertEquals(key(rows.get(i)), pack.ids()[i]);
        }
        if (kinds.matches("[dpw]*")) {
            assertNull(pack.indices());
        }
        assertEquals(!kinds.contains("p"), pack.values().floats() != null);
    }

    private static long key(Instance row) {
        return ShardKey.of(1, row.rowNumber());
    }

    private static RowBatch copy(RowBatch pack) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(pack);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (RowBatch) in.readObject();
        }
    }
}

package org.sparkgrad.job.ml.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkgrad.job.assemble.Instance;

/** Rows of a Dataset as they are read. */
class RowScanTest {
    private static final int FEATURES = 13;

    /** The order of rows, and so every coefficient's last bits, follow from it. */
    @Test
    void hashIsWhatItWas() {
        RowScan scan = RowScan.of(1, 0.5, Vectors.dense(0.25, 0, -3, 1e300));
        assertEquals(0x9C0C2C6C681D4444L, scan.hash());
        assertEquals(3, scan.nonzeros());
        Vector sparse = Vectors.sparse(4, new int[] {0, 1, 2, 3}, new double[] {0.25, -0.0, -3, 1e300});
        assertEquals(scan, RowScan.of(1, 0.5, sparse));
        assertNotEquals(scan, RowScan.of(1, 0.5, Vectors.dense(0.25, -3, 0, 1e300)));
    }

    /** Four dense rows are scanned together, others alone. */
    @ParameterizedTest
    @ValueSource(strings = {"", "d", "dddd", "ddddd", "zzzd", "dsdd", "dddddddds", "dddwdddd"})
    void rowsReadTogetherAreThoseReadAlone(String kinds) {
        Random random = new Random(7);
        List<Vector> vectors = new ArrayList<>();
        List<InternalRow> rows = new ArrayList<>();
        for (int i = 0; i < kinds.length(); i++) {
            char kind = kinds.charAt(i);
            double[] values = random.doubles(kind == 'w' ? 2 * FEATURES : FEATURES, -1, 1)
                    .map(v -> kind != 'd' && v < 0.8 ? 0 : v)
                    .toArray();
            Vector vector = kind == 's' ? Vectors.dense(values).toSparse() : Vectors.dense(values);
            rows.add(row(i % 2, 1 + i, vector, i % 3));
            vectors.add(vector);
        }
        StoredRowReader reader = new StoredRowReader(rows.iterator());
        for (int i = 0; i < rows.size(); i++) {
            Instance instance = reader.next();
            assertEquals(RowScan.of(i % 2, 1 + i, vectors.get(i)).hash(), instance.rowNumber());
            assertEquals(i % 2, instance.label());
            assertEquals(1 + i, instance.weight());
            assertEquals(i % 3, instance.fold());
            assertEquals(vectors.get(i), instance.features());
            assertEquals(
                    vectors.get(i).compressed() instanceof SparseVector, instance.features() instanceof SparseVector);
        }
        assertFalse(reader.hasNext());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 5})
    void rowThatIsNotFiniteIsRefusedInItsTurn(int place) {
        List<InternalRow> rows = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            double[] values = new double[FEATURES];
            Arrays.fill(values, 1);
            values[i] = i == place ? Double.NaN : -0.0;
            rows.add(row(0, 1, Vectors.dense(values), 0));
        }
        StoredRowReader reader = new StoredRowReader(rows.iterator());
        for (int i = 0; i < place; i++) {
            reader.next();
        }
        assertThrows(IllegalArgumentException.class, reader::next);
    }

    private static InternalRow row(double label, double weight, Vector features, int fold) {
        return new GenericInternalRow(new Object[] {label, weight, StoredRow.VECTORS.serialize(features), fold});
    }
}

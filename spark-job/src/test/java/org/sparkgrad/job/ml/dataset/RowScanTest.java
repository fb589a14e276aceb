package org.sparkgrad.job.ml.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.junit.jupiter.api.Test;

/** The hash that stands for the number of a Dataset's row. */
class RowScanTest {
    /** The order of rows, and so every coefficient's last bits, follow from it. */
    @Test
    void hashIsWhatItWas() {
        StoredRow dense = scanned(Vectors.dense(0.25, 0, -3, 1e300));
        assertEquals(0x9C0C2C6C681D4444L, dense.hash());
        assertEquals(3, dense.nonzeros());
        StoredRow sparse = scanned(Vectors.sparse(4, new int[] {0, 1, 2, 3}, new double[] {0.25, -0.0, -3, 1e300}));
        assertEquals(dense.hash(), sparse.hash());
        assertEquals(3, sparse.nonzeros());
        assertNotEquals(dense.hash(), scanned(Vectors.dense(0.25, -3, 0, 1e300)).hash());
    }

    private static StoredRow scanned(Vector features) {
        StoredRow row = new StoredRow();
        row.read(new GenericInternalRow(new Object[] {1.0, 0.5, StoredRow.VECTORS.serialize(features), 0}));
        RowScan.hash(new StoredRow[] {row}, 1);
        return row;
    }
}

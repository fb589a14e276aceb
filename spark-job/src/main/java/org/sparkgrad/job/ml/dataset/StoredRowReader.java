package org.sparkgrad.job.ml.dataset;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.sparkgrad.job.assemble.Instance;
import org.sparkgrad.job.read.CompactVectors;

/**
 * Converts the rows of a Dataset to instances. As with rows of Spark SQL, an instance is valid until the next one is
 * read: dense features use the same arrays again, because new arrays would be most of a shuffle's garbage.
 */
final class StoredRowReader implements Iterator<Instance> {
    private final Iterator<InternalRow> rows;
    private final double[] labels = new double[RowScan.TOGETHER];
    private final double[] weights = new double[RowScan.TOGETHER];
    private final Vector[] features = new Vector[RowScan.TOGETHER];
    private final int[] folds = new int[RowScan.TOGETHER];
    private final double[][] dense = new double[RowScan.TOGETHER][0];
    private RowScan[] scans = new RowScan[0];
    private int next;

    StoredRowReader(Iterator<InternalRow> rows) {
        this.rows = rows;
    }

    @Override
    public boolean hasNext() {
        return next < scans.length || rows.hasNext();
    }

    @Override
    public Instance next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        if (next == scans.length) {
            readAhead();
        }
        int i = next++;
        if (!scans[i].finite()) {
            throw StoredRow.notFinite(features[i]);
        }
        return new Instance(
                scans[i].hash(),
                (int) labels[i],
                weights[i],
                CompactVectors.of(features[i], scans[i].nonzeros()),
                folds[i]);
    }

    /** Returns the number of non-zero features of the last instance. */
    int nonzeros() {
        return scans[next - 1].nonzeros();
    }

    private void readAhead() {
        int read = 0;
        while (read < RowScan.TOGETHER && rows.hasNext()) {
            InternalRow row = rows.next();
            InternalRow stored = StoredRow.features(row);
            weights[read] = StoredRow.weight(row);
            labels[read] = weights[read] == 0 ? 0 : StoredRow.label(row); // the label may be that of no class
            folds[read] = StoredRow.fold(row);
            features[read] = StoredVector.isSparse(stored)
                    ? StoredRow.VECTORS.deserialize(stored)
                    : dense(read, stored.getArray(3));
            read++;
        }
        scans = RowScan.of(labels, weights, features, read);
        next = 0;
    }

    private Vector dense(int place, ArrayData stored) {
        if (dense[place].length != stored.numElements()) {
            dense[place] = new double[stored.numElements()];
        }
        StoredVector.copy(stored, dense[place]);
        return new DenseVector(dense[place]);
    }
}

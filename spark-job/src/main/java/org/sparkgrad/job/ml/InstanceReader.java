package org.sparkgrad.job.ml;

import org.apache.spark.api.java.function.Function;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.VectorUDT;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.sparkgrad.job.assemble.Instance;

/**
 * A Dataset's row to an instance. As with rows of Spark SQL, dense features are good until the next row is read: they lie in
 * one array, where new ones would be most of what a shuffle puts on the heap.
 */
final class InstanceReader implements Function<InternalRow, Instance> {
    private static final long serialVersionUID = 1L;

    private static final VectorUDT VECTORS = new VectorUDT();

    private double[] values = new double[0];

    @Override
    public Instance call(InternalRow row) {
        double label = DatasetInstances.label(row);
        double weight = DatasetInstances.weight(row);
        InternalRow stored = DatasetInstances.features(row);
        Vector features = StoredVector.isSparse(stored) ? VECTORS.deserialize(stored) : dense(stored.getArray(3));
        RowScan scan = RowScan.of(label, weight, features);
        if (!scan.finite()) {
            throw DatasetInstances.notFinite(stored);
        }
        return new Instance(scan.hash(), (int) label, weight, scan.compressed(features), DatasetInstances.fold(row));
    }

    private Vector dense(ArrayData stored) {
        if (values.length != stored.numElements()) {
            values = new double[stored.numElements()];
        }
        for (int j = 0; j < values.length; j++) {
            values[j] = stored.getDouble(j);
        }
        return new DenseVector(values);
    }
}

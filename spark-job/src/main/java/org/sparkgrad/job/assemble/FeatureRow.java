package org.sparkgrad.job.assemble;

import java.util.Arrays;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.sparkgrad.job.read.CompactVectors;

/** The non-zero features of one row, added in ascending order. */
final class FeatureRow {
    private int[] indices;
    private double[] values;
    private int count;

    /** @param expected the expected number of features; more can be added */
    FeatureRow(int expected) {
        indices = new int[expected];
        values = new double[expected];
    }

    /** Adds a feature whose index is above all indices so far; a zero is not stored. */
    void add(int index, double value) {
        if (value == 0) {
            return;
        }
        if (count == indices.length) {
            indices = Arrays.copyOf(indices, 2 * count + 1);
            values = Arrays.copyOf(values, 2 * count + 1);
        }
        indices[count] = index;
        values[count] = value;
        count++;
    }

    /** Returns the row as a vector of F features, in the smaller of Spark's two forms. */
    Vector vector(int features) {
        return CompactVectors.of(
                Vectors.sparse(features, Arrays.copyOf(indices, count), Arrays.copyOf(values, count)), count);
    }
}

package org.sparkgrad.job.assemble;

import java.io.Serializable;
import org.apache.spark.ml.linalg.Vector;

/**
 * One row to learn from.
 *
 * @param rowNumber its number in the data
 * @param label the class index, 0..K-1
 * @param weight the instance weight
 * @param features the F features, in the original scale
 * @param fold which of several models leave it out: its part of the data in cross-validation, else 0
 */
public record Instance(long rowNumber, int label, double weight, Vector features, int fold) implements Serializable {
    /** A row of fold 0. */
    public Instance(long rowNumber, int label, double weight, Vector features) {
        this(rowNumber, label, weight, features, 0);
    }
}

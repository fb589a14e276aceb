package org.sparkgrad.job.assemble;

import java.io.Serializable;
import org.apache.spark.ml.linalg.Vector;

/**
 * One training or test row.
 *
 * @param rowNumber the number of the row in the data
 * @param label the class index, 0..K-1
 * @param weight the instance weight
 * @param features the F features, in the original scale
 * @param fold the fold of the row in cross-validation, else 0; models can leave out a fold
 */
public record Instance(long rowNumber, int label, double weight, Vector features, int fold) implements Serializable {
    /** Creates a row of fold 0. */
    public Instance(long rowNumber, int label, double weight, Vector features) {
        this(rowNumber, label, weight, features, 0);
    }
}

package org.sparkgrad.job.assemble;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.sparkgrad.job.config.DataSettings;

/**
 * How a table's columns become instances, decided on the training table and the same for every other: which column is
 * the label and what its values mean, which are features, which is the weight.
 */
public final class Assembly implements Serializable {
    private static final long serialVersionUID = 1L;

    /**
     * Decides on the training table.
     *
     * @throws org.sparkgrad.job.problem.JobException for columns that are missing or no numbers, a single class, or
     *     labels with gaps
     */
    public static Assembly of(Dataset<Row> table, DataSettings settings) {
        throw new UnsupportedOperationException();
    }

    /** Returns F. */
    public int features() {
        throw new UnsupportedOperationException();
    }

    /** Returns N of the training table. */
    public long rows() {
        throw new UnsupportedOperationException();
    }

    /** Returns the F feature names. */
    public List<String> featureNames() {
        throw new UnsupportedOperationException();
    }

    /** Returns the original label of each class index. */
    public List<String> labels() {
        throw new UnsupportedOperationException();
    }

    /**
     * Returns the table's rows as instances.
     *
     * @throws org.sparkgrad.job.problem.JobException (within tasks) for NaN, infinite or missing numbers, negative
     *     weights and unknown labels, with file or row number and column
     */
    public JavaRDD<Instance> instances(Dataset<Row> table) {
        throw new UnsupportedOperationException();
    }

    /**
     * Returns the model to save: itself where the table already has a features vector and labels 0..K-1, else a
     * PipelineModel of stock Spark stages that assembles the columns and maps the labels around it.
     */
    public Model<?> pipeline(LogisticRegressionModel model) {
        throw new UnsupportedOperationException();
    }
}

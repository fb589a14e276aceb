package org.sparkgrad.job.ml.dataset;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.util.DatasetUtils$;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.functions;
import org.sparkgrad.job.assemble.RowBatch;
import org.sparkgrad.job.ml.params.TrainingParams;
import scala.Option;

/** Reads the rows of a Dataset, with MLlib's checks. */
public final class DatasetInstances {
    private DatasetInstances() {}

    /**
     * Returns the label, the weight, the features and the fold of each row. Within tasks, labels that are not whole
     * numbers of at least 0, and negative or infinite weights, throw MLlib's messages.
     *
     * @param dataset the dataset, with label and weight as doubles
     * @param columns the estimator with the names of the columns
     * @param folds the folds of the rows
     */
    public static JavaRDD<InternalRow> rows(Dataset<?> dataset, LogisticRegression columns, Folds folds) {
        DatasetUtils$ checks = DatasetUtils$.MODULE$;
        return dataset.select(
                        checks.checkClassificationLabels(columns.getLabelCol(), Option.empty()),
                        checks.checkNonNegativeWeights(columns.get(columns.weightCol())),
                        functions.col(columns.getFeaturesCol()),
                        folds.of())
                .queryExecution()
                .toRdd() // avoids a Row object for each row
                .toJavaRDD();
    }

    /**
     * Returns the rows in batches of some 4 MB, each valid until the next one. Within tasks, features that are missing,
     * NaN or infinite throw MLlib's messages.
     */
    public static JavaRDD<RowBatch> batches(JavaRDD<InternalRow> rows) {
        return rows.mapPartitions(partition -> new StoredBatches(partition, new DatasetShape()));
    }

    /** Returns the training rows or the held-out rows, according to validationIndicatorCol. */
    public static Dataset<?> part(Dataset<?> dataset, TrainingParams params, boolean validation) {
        String column = params.find(params.validationIndicatorCol());
        if (column == null) {
            return dataset;
        }
        return dataset.filter(validation ? functions.col(column) : functions.not(functions.col(column)));
    }
}

package org.sparkgrad.job.ml.dataset;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.util.DatasetUtils$;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.functions;
import org.sparkgrad.job.assemble.Instance;
import org.sparkgrad.job.ml.params.TrainingParams;
import scala.Option;

/** A Dataset's rows as instances, checked as MLlib checks them. */
public final class DatasetInstances {
    private DatasetInstances() {}

    /**
     * Returns the label, the weight, the features and the fold of each row. Within tasks labels that are no whole numbers of
     * at least 0 and negative or infinite weights fail with MLlib's messages.
     *
     * @param dataset label and weight as doubles
     * @param columns names them
     * @param folds where the rows' folds are
     */
    public static JavaRDD<InternalRow> rows(Dataset<?> dataset, LogisticRegression columns, Folds folds) {
        DatasetUtils$ checks = DatasetUtils$.MODULE$;
        return dataset.select(
                        checks.checkClassificationLabels(columns.getLabelCol(), Option.empty()),
                        checks.checkNonNegativeWeights(columns.get(columns.weightCol())),
                        functions.col(columns.getFeaturesCol()),
                        folds.of())
                .queryExecution()
                .toRdd() // not Rows, which would be made of every row and thrown away
                .toJavaRDD();
    }

    /**
     * Returns the instances, each good until the next. Features that are missing, NaN or infinite fail within tasks, with
     * MLlib's messages.
     */
    public static JavaRDD<Instance> of(JavaRDD<InternalRow> rows) {
        return rows.mapPartitions(StoredRowReader::new);
    }

    /** Returns the rows that are trained on, or those held out, by validationIndicatorCol. */
    public static Dataset<?> part(Dataset<?> dataset, TrainingParams params, boolean validation) {
        String column = params.find(params.validationIndicatorCol());
        if (column == null) {
            return dataset;
        }
        return dataset.filter(validation ? functions.col(column) : functions.not(functions.col(column)));
    }
}

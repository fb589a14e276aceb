package org.sparkgrad.job.ml;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.util.DatasetUtils$;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.sparkgrad.job.assemble.Instance;
import scala.Option;

/** A Dataset's rows as instances, checked as MLlib checks them. */
final class DatasetInstances {
    private DatasetInstances() {}

    /**
     * Returns the instances. Within tasks labels that are no whole numbers of at least 0, negative or infinite weights and
     * features that are NaN or infinite fail with MLlib's messages.
     *
     * @param dataset label and weight as doubles
     * @param columns names them
     * @param folds where the rows' folds are
     */
    static JavaRDD<Instance> of(Dataset<?> dataset, LogisticRegression columns, Folds folds) {
        DatasetUtils$ checks = DatasetUtils$.MODULE$;
        return dataset.select(
                        checks.checkClassificationLabels(columns.getLabelCol(), Option.empty()),
                        checks.checkNonNegativeWeights(columns.get(columns.weightCol())),
                        checks.checkNonNanVectors(columns.getFeaturesCol()),
                        folds.of())
                .toJavaRDD()
                .map(DatasetInstances::instance);
    }

    /** Returns the rows that are trained on, or those held out, by validationIndicatorCol. */
    static Dataset<?> part(Dataset<?> dataset, TrainingParams params, boolean validation) {
        String column = params.find(params.validationIndicatorCol());
        if (column == null) {
            return dataset;
        }
        return dataset.filter(validation ? functions.col(column) : functions.not(functions.col(column)));
    }

    private static Instance instance(Row row) {
        double label = row.getDouble(0);
        double weight = row.getDouble(1);
        Vector features = row.getAs(2);
        return new Instance(
                RowHash.of(label, weight, features), (int) label, weight, features.compressed(), row.getInt(3));
    }
}

package org.sparkgrad.job.ml;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.VectorUDT;
import org.apache.spark.ml.util.DatasetUtils$;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.functions;
import org.sparkgrad.job.assemble.Instance;
import scala.Option;

/** A Dataset's rows as instances, checked as MLlib checks them. */
final class DatasetInstances {
    private static final VectorUDT VECTORS = new VectorUDT();

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
                        functions.col(columns.getFeaturesCol()),
                        folds.of())
                .queryExecution()
                .toRdd() // not Rows, which would be made of every row and thrown away
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

    private static Instance instance(InternalRow row) {
        double label = row.getDouble(0);
        double weight = row.getDouble(1);
        if (row.isNullAt(2)) {
            throw new IllegalArgumentException("Vectors MUST NOT be Null");
        }
        Vector features = VECTORS.deserialize(row.getStruct(2, VECTORS.sqlType().length()));
        checkFinite(features);
        return new Instance(
                RowHash.of(label, weight, features),
                (int) label,
                weight,
                RowValues.compressed(features),
                row.getInt(3));
    }

    /** As MLlib's DatasetUtils does in SQL, by a function that has every vector read twice. */
    private static void checkFinite(Vector features) {
        if (!RowValues.areFinite(features)) {
            throw new IllegalArgumentException("Vector values MUST NOT be NaN or Infinity, but got " + features);
        }
    }
}

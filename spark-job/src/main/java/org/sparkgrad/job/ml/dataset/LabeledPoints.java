package org.sparkgrad.job.ml.dataset;

import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.param.Param;
import org.apache.spark.mllib.regression.LabeledPoint;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.sparkgrad.job.ml.params.TrainingParams;

/** Converts the points of MLlib's RDD interface to a Dataset. */
public final class LabeledPoints {
    private LabeledPoints() {}

    /**
     * Returns the points with the label and feature columns of an estimator.
     *
     * @throws IllegalArgumentException for an estimator with columns that points do not have
     */
    public static Dataset<Row> dataset(JavaRDD<LabeledPoint> points, TrainingParams columns) {
        Stream.<Param<String>>of(columns.weightCol(), columns.validationIndicatorCol())
                .filter(param -> columns.find(param) != null)
                .findFirst()
                .ifPresent(param -> {
                    throw new IllegalArgumentException(
                            "%s is %s, but labeled points have a label and features alone: use a Dataset, or clear it."
                                    .formatted(param.name(), columns.find(param)));
                });
        StructType schema = new StructType()
                .add(columns.getLabelCol(), "double")
                .add(columns.getFeaturesCol(), SQLDataTypes.VectorType());
        return SparkSession.builder()
                .sparkContext(points.context())
                .getOrCreate()
                .createDataFrame(
                        points.map(point -> RowFactory.create(
                                point.label(), point.features().asML())),
                        schema);
    }
}

package org.sparkgrad.job.dl4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.sparkgrad.job.problem.JobException;

/** Converts the rows of DL4J's data sets to a Dataset of labels and vectors. */
final class NetworkRows {
    private NetworkRows() {}

    /**
     * Returns the rows with columns {@code label} and {@code features}. Within tasks, a data set of another shape, with
     * masks, or with labels of no single class throws a {@link JobException}.
     *
     * @param features F
     * @param outputs the number of columns of the labels, 1 for two classes
     */
    static Dataset<Row> of(JavaRDD<DataSet> sets, int features, int outputs) {
        StructType schema = new StructType(new StructField[] {
            new StructField(
                    "label",
                    DataTypes.DoubleType,
                    false,
                    NominalAttribute.defaultAttr()
                            .withName("label")
                            .withNumValues(Math.max(2, outputs))
                            .toMetadata()),
            DataTypes.createStructField("features", SQLDataTypes.VectorType(), false)
        });
        return SparkSession.builder()
                .sparkContext(sets.context())
                .getOrCreate()
                .createDataFrame(sets.flatMap(set -> rows(set, features, outputs)), schema);
    }

    private static Iterator<Row> rows(DataSet set, int features, int outputs) {
        if (set.hasMaskArrays()) {
            throw JobException.data("A DataSet has masks, which a single layer has no use for: remove them.");
        }
        double[] x = rowMajor("features", set.getFeatures(), features);
        double[] y = rowMajor("labels", set.getLabels(), outputs);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < set.numExamples(); i++) {
            double label = label(Arrays.copyOfRange(y, i * outputs, (i + 1) * outputs));
            rows.add(RowFactory.create(label, Vectors.dense(Arrays.copyOfRange(x, i * features, (i + 1) * features))));
        }
        return rows.iterator();
    }

    private static double[] rowMajor(String name, INDArray array, int columns) {
        if (array.rank() != 2 || array.columns() != columns) {
            throw JobException.data("A DataSet has %s of shape %s; the network takes rows of %d."
                    .formatted(name, Arrays.toString(array.shape()), columns));
        }
        return array.dup('c').data().asDouble();
    }

    /** Returns the class whose output is 1; for a single output, its value. */
    private static double label(double[] outputs) {
        double sum = 0;
        int label = 0;
        for (int k = 0; k < outputs.length; k++) {
            if (outputs[k] != 0 && outputs[k] != 1) {
                throw JobException.data("A DataSet has the label " + outputs[k] + "; a class is 1 and all others 0.");
            }
            sum += outputs[k];
            label = outputs[k] == 1 ? k : label;
        }
        if (outputs.length == 1) {
            return sum;
        }
        if (sum != 1) {
            throw JobException.data("A DataSet has a row of " + (int) sum + " classes; one is needed.");
        }
        return label;
    }
}

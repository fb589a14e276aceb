package org.sparkgrad.job.assemble;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.sparkgrad.job.config.DataSettings;
import org.sparkgrad.job.read.ColumnReferences;

/** The rows of tables, one by one. */
public final class Instances {
    private Instances() {}

    /** Returns the rows as training reads them, in batches. */
    static List<Instance> of(Assembly assembly, Dataset<Row> table) {
        List<Instance> instances = new ArrayList<>();
        for (RowBatch batch : assembly.batches(table).collect()) {
            for (int row = 0; row < batch.rows(); row++) {
                instances.add(new Instance(
                        batch.ids()[row],
                        batch.labels()[row],
                        batch.weights()[row],
                        vector(batch, row, assembly.features())));
            }
        }
        return instances;
    }

    private static Vector vector(RowBatch batch, int row, int features) {
        int from = batch.starts()[row];
        int to = batch.starts()[row + 1];
        double[] values = new double[to - from];
        for (int i = from; i < to; i++) {
            values[i - from] = batch.values().get(i);
        }
        return values.length == features || batch.indices() == null
                ? Vectors.dense(values)
                : Vectors.sparse(features, Arrays.copyOfRange(batch.indices(), from, to), values);
    }

    /** Returns the rows as the reader of single rows gives them, which knows nothing of batches. */
    static JavaRDD<Instance> oneByOne(Dataset<Row> table, DataSettings settings) {
        ColumnReferences columns = new ColumnReferences(table.columns());
        ColumnRoles roles = ColumnRoles.of(table.schema(), columns, settings);
        Features features = FeatureFit.of(table, columns, roles, settings).features();
        LabelIndex labels = LabelFit.of(table, roles.label(), features)
                .index(settings.preparation().labels());
        InstanceReader reader = new InstanceReader(List.of(table.columns()), roles, labels, features);
        return features.readable(table).toJavaRDD().map(reader::read);
    }
}

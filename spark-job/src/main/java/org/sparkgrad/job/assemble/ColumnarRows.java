package org.sparkgrad.job.assemble;

import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.sparkgrad.job.read.ColumnBatch;
import org.sparkgrad.job.read.ColumnBatches;

/**
 * The rows of a table by columns: features, label, weight if there is one.
 *
 * @param rows these columns, the row numbers last
 * @param batches the same in batches
 * @param together reads rows of the batches
 */
record ColumnarRows(Dataset<Row> rows, JavaRDD<ColumnBatch> batches, BatchRows together) {
    /**
     * Returns the rows of a table; empty if they can only be read one by one.
     *
     * @param table a table that has all columns with a role
     */
    static Optional<ColumnarRows> of(Dataset<Row> table, ColumnRoles roles, Features features) {
        Dataset<Row> rows = roles.only(table);
        if (!roles.areReadInBatches(rows.schema())) {
            return Optional.empty();
        }
        return features.inBatches(rows.schema())
                .flatMap(read -> ColumnBatches.of(features.readable(rows))
                        .map(batches -> new ColumnarRows(
                                rows,
                                batches.batches(),
                                new BatchRows(read, roles.features().size(), roles.weight() != null))));
    }
}

package org.sparkgrad.job.assemble;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.sparkgrad.job.read.ColumnBatch;
import org.sparkgrad.job.read.ColumnBatches;

/**
 * The rows of a table by columns: features, label, weight if there is one.
 *
 * @param schema the types of these columns, the row numbers last
 * @param batches the rows in batches
 * @param together reads rows of the batches
 */
record ColumnarRows(StructType schema, JavaRDD<ColumnBatch> batches, BatchRows together) {
    /**
     * Returns the rows of a table.
     *
     * @param table a table that has all columns with a role
     * @throws org.sparkgrad.job.problem.JobException for a column whose type its role does not allow
     */
    static ColumnarRows of(Dataset<Row> table, ColumnRoles roles, Features features) {
        ColumnTypes.checkLabel(table.schema(), roles.label());
        Dataset<Row> rows = features.readable(roles.only(table, features.columns()));
        BatchRows together = new BatchRows(
                features.inBatches(rows.schema()), features.columns().size(), roles.weight() != null);
        return new ColumnarRows(rows.schema(), ColumnBatches.of(rows).batches(), together);
    }
}

package org.sparkgrad.job.read;

import static org.apache.spark.sql.functions.col;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.datasources.v2.DataSourceRDDPartition;
import org.sparkgrad.job.spark.version.SparkSessions;

/** Orders rows by their numbers, without a shuffle where possible. */
public final class RowOrder {
    private RowOrder() {}

    /**
     * Returns columns of a table's rows in the order of {@link Table#ROW_NUMBER}, which need not be among the columns.
     * Our own readers give rows in this order, and rows that Spark reads from files are read in it; only other rows are
     * sorted.
     *
     * @param table a table of {@link TableReader}, with columns that were added row by row
     */
    public static Dataset<Row> inOrder(Dataset<Row> table, List<Column> columns) {
        Column[] chosen = columns.toArray(Column[]::new);
        Dataset<Row> rows = table.select(chosen);
        RDD<InternalRow> read = rows.queryExecution().toRdd();
        Optional<RDD<InternalRow>> ordered =
                isOwn(rows.queryExecution().executedPlan(), read) ? Optional.of(read) : BlocksInOrder.of(read);
        return ordered.isPresent()
                ? SparkSessions.rows(table.sparkSession(), ordered.get(), rows.schema())
                : table.orderBy(col(Table.ROW_NUMBER)).select(chosen);
    }

    /** Returns whether rows come from a {@link BatchSource}, row by row. */
    private static boolean isOwn(SparkPlan plan, RDD<InternalRow> rows) {
        return Arrays.stream(rows.partitions()).allMatch(DataSourceRDDPartition.class::isInstance)
                && plan.collectLeaves().forall(BatchTable::isScan);
    }
}

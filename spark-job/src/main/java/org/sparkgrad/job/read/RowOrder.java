package org.sparkgrad.job.read;

import static org.apache.spark.sql.functions.col;

import java.util.List;
import java.util.Optional;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/** Orders rows by their numbers, without a shuffle where possible. */
public final class RowOrder {
    private RowOrder() {}

    /**
     * Returns columns of a table's rows in the order of {@link Table#ROW_NUMBER}, which need not be among the columns.
     * Rows from files are read in this order; only other rows are sorted.
     *
     * @param table a table of {@link TableReader}, with columns that were added row by row
     */
    public static Dataset<Row> inOrder(Dataset<Row> table, List<Column> columns) {
        Column[] chosen = columns.toArray(Column[]::new);
        Dataset<Row> rows = table.select(chosen);
        RDD<InternalRow> read = rows.queryExecution().toRdd();
        Optional<RDD<InternalRow>> ordered = BlocksInOrder.of(read);
        return ordered.isPresent()
                ? table.sparkSession().internalCreateDataFrame(ordered.get(), rows.schema(), false)
                : table.orderBy(col(Table.ROW_NUMBER)).select(chosen);
    }
}

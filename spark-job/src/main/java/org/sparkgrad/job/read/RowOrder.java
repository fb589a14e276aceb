package org.sparkgrad.job.read;

import static org.apache.spark.sql.functions.col;

import java.util.List;
import java.util.Optional;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/** Rows in the order of their numbers, without moving them where that can be. */
public final class RowOrder {
    private RowOrder() {}

    /**
     * Returns columns of a table's rows in the order of {@link Table#ROW_NUMBER}, which need not be among them. Rows of
     * files come in order by reading the files so; only others are sorted.
     *
     * @param table of {@link TableReader}, with columns added row by row
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

package org.sparkgrad.job.read;

import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.not;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** The rows of a table that have a label. */
public final class LabelledRows {
    private LabelledRows() {}

    /**
     * Returns the table without the rows that lack a label. A note has the number of these rows, which one job counts.
     *
     * @param label the label column
     */
    public static Table of(Table table, String label) {
        Dataset<Row> rows = table.rows();
        Column cell = ColumnReferences.column(label);
        DataType type = rows.schema().apply(label).dataType();
        Column labelled = cell.isNotNull();
        if (type.equals(DataTypes.DoubleType) || type.equals(DataTypes.FloatType)) {
            labelled = labelled.and(not(isnan(cell)));
        } else if (type.equals(DataTypes.StringType)) {
            labelled = labelled.and(cell.notEqual(""));
        }
        long missing = rows.filter(not(labelled)).count();
        return missing == 0
                ? table
                : table.with(
                        rows.filter(labelled),
                        table.report()
                                .with(List.of("%d rows have no label in column %s: they are left out"
                                        .formatted(missing, label))));
    }
}

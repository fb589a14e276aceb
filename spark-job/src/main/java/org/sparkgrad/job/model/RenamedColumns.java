package org.sparkgrad.job.model;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.sparkgrad.job.read.ColumnReferences;

/**
 * A table with some renamed columns, so that the stages of a model can add columns with the old names.
 *
 * @param table the table after the renaming
 * @param names the new name of each renamed column
 */
public record RenamedColumns(Dataset<Row> table, Map<String, String> names) {
    /** Copies the names. */
    public RenamedColumns {
        names = Map.copyOf(names);
    }

    /** Renames the columns whose names the stages add, ignoring case. */
    static RenamedColumns of(Dataset<Row> table, Set<String> added) {
        Set<String> folded = added.stream().map(RenamedColumns::folded).collect(Collectors.toSet());
        ColumnReferences free = new ColumnReferences(
                Stream.concat(Arrays.stream(table.columns()), added.stream()).toArray(String[]::new));
        Map<String, String> names = new HashMap<>();
        Column[] columns = new Column[table.columns().length];
        for (int i = 0; i < columns.length; i++) {
            String name = table.columns()[i];
            columns[i] = ColumnReferences.column(name);
            if (folded.contains(folded(name))) {
                names.put(name, free.take(name));
                columns[i] = columns[i].as(names.get(name));
            }
        }
        return names.isEmpty() ? new RenamedColumns(table, names) : new RenamedColumns(table.select(columns), names);
    }

    /** Returns a column by its old name. */
    public Column column(String name) {
        return ColumnReferences.column(names.getOrDefault(name, name));
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}

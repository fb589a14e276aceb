package org.sparkgrad.job.read;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.problem.JobException;

/**
 * Adds the columns in the names of folders. They precede the columns of the files, so the last column stays the last.
 */
final class PartitionColumns {
    private PartitionColumns() {}

    /**
     * Returns the table with the folder columns as strings.
     *
     * @throws JobException if the files have a column of the same name
     */
    static Table added(Table table, InputFiles input) {
        List<String> names = input.files().get(0).partitionNames();
        if (names.isEmpty()) {
            return table;
        }
        List<String> own = List.of(table.rows().columns());
        for (String name : names) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (own.stream().anyMatch(column -> column.toLowerCase(Locale.ROOT).equals(lower))) {
                throw JobException.data("The folders of " + input.files().get(0).path() + " hold a column " + name
                        + ", and so do the files: rename one.");
            }
        }
        Map<String, InputFile> byPath = new HashMap<>();
        input.files().forEach(file -> byPath.put(file.path().toString(), file));
        FileRows files = table.files();
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            int place = i;
            @Nullable
            String[] values = files.files().stream()
                    .map(file -> Objects.requireNonNull(byPath.get(file))
                            .partitions()
                            .get(place)
                            .value())
                    .toArray(String[]::new);
            UDF1<Long, @Nullable String> value = row -> values[files.indexOf(row)];
            columns.add(udf(value, DataTypes.StringType)
                    .apply(col(Table.ROW_NUMBER))
                    .as(names.get(i)));
        }
        own.forEach(name -> columns.add(ColumnReferences.column(name)));
        return table.with(
                table.rows().select(columns.toArray(Column[]::new)),
                table.report().with(List.of("columns in the names of folders: " + String.join(", ", names))));
    }
}

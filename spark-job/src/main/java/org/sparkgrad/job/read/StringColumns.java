package org.sparkgrad.job.read;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.config.DataSettings;
import org.sparkgrad.job.problem.JobException;
import org.sparkgrad.job.spark.ShortJobs;

/** Converts the string columns of a typed table by the same rule as the cells of text files. */
final class StringColumns {
    private StringColumns() {}

    /**
     * Returns the table with string columns as numbers if all cells are numbers or missing, and with missing cells as
     * null. One job reads these columns.
     *
     * @param which the predicate for the columns to convert
     * @param expected the columns of a model
     * @throws JobException for a text in a column where the model has numbers
     */
    static Table typed(Table table, Predicate<String> which, DataSettings settings, ExpectedColumns expected) {
        Dataset<Row> rows = table.rows();
        ColumnReferences references = new ColumnReferences(rows.columns());
        Set<String> ignored = found(references, settings.ignoreColumns());
        List<String> names = Stream.of(rows.schema().fields())
                .filter(field -> field.dataType().equals(DataTypes.StringType)
                        && !ignored.contains(field.name())
                        && which.test(field.name()))
                .map(field -> field.name())
                .toList();
        if (names.isEmpty()) {
            return table;
        }
        CellFormat format = CellFormat.of(settings.text());
        ColumnScan[] scans = scan(rows, names, format);
        Set<String> texts = found(references, settings.preparation().textColumns());
        texts.addAll(found(references, expected.texts()));
        Set<String> numbers = found(references, expected.numbers());
        List<String> notes = new ArrayList<>(table.report().notes());
        Map<String, Map<String, Long>> missing = new HashMap<>(table.report().missingTexts());
        for (int i = 0; i < scans.length; i++) {
            String name = names.get(i);
            ColumnScan scan = scans[i];
            CellKind kind = texts.contains(name) ? CellKind.TEXT : scan.kind();
            if (kind == CellKind.TEXT && !texts.contains(name) && numbers.contains(name)) {
                table.places().naming(() -> {
                    throw textAmongNumbers(name, scan);
                });
            }
            if (kind != CellKind.TEXT) {
                notes.add("column " + name + " holds numbers as text: it is read as numbers");
            }
            Map<String, Long> cells = scan.missing(kind, format);
            if (!cells.isEmpty()) {
                missing.put(name, cells);
            }
            if (kind != CellKind.TEXT || !cells.isEmpty()) {
                rows = rows.withColumn(name, value(name, kind, format));
            }
        }
        ReadReport report = table.report();
        return table.with(rows, new ReadReport(report.files(), report.lines(), report.records(), notes, missing));
    }

    private static Set<String> found(ColumnReferences references, List<String> columns) {
        Set<String> names = new HashSet<>();
        columns.forEach(column -> references.find(column).ifPresent(names::add));
        return names;
    }

    private static ColumnScan[] scan(Dataset<Row> rows, List<String> names, CellFormat format) {
        Column[] columns = Stream.concat(
                        Stream.of(col(Table.ROW_NUMBER)), names.stream().map(ColumnReferences::column))
                .toArray(Column[]::new);
        int count = names.size();
        return ShortJobs.treeAggregate(
                rows.select(columns).toJavaRDD(),
                () -> Stream.generate(ColumnScan::new).limit(count).toArray(ColumnScan[]::new),
                (scans, row) -> add(scans, row, format),
                StringColumns::merge);
    }

    private static ColumnScan[] add(ColumnScan[] scans, Row row, CellFormat format) {
        for (int i = 0; i < scans.length; i++) {
            if (!row.isNullAt(1 + i)) {
                scans[i].add(row.getString(1 + i).strip(), row.getLong(0), format);
            }
        }
        return scans;
    }

    private static ColumnScan[] merge(ColumnScan[] scans, ColumnScan[] others) {
        for (int i = 0; i < scans.length; i++) {
            scans[i].add(others[i]);
        }
        return scans;
    }

    private static JobException textAmongNumbers(String name, ColumnScan scan) {
        return JobException.data("Row %d has \"%s\" in column %s, where the model has numbers (%d such cells).\n%s"
                .formatted(
                        scan.firstTextPlace(),
                        ReadProblems.snippet(scan.firstText()),
                        name,
                        scan.texts(),
                        NumberLike.remedy(scan.firstText())));
    }

    private static Column value(String name, CellKind kind, CellFormat format) {
        UDF1<@Nullable String, @Nullable Object> value = (UDF1<@Nullable String, @Nullable Object> & Serializable)
                cell -> cell == null ? null : format.value(cell.strip(), kind);
        return udf(value, kind.type()).apply(ColumnReferences.column(name));
    }
}

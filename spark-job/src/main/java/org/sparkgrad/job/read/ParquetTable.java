package org.sparkgrad.job.read;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.sparkgrad.job.problem.JobException;
import org.sparkgrad.job.spark.ShortJobs;

/**
 * Reads Parquet files as a table. A row's number is the number of the first row of its file plus its place in the file,
 * which Spark provides. Files with the same columns are read together; other files are converted to the widest types.
 */
final class ParquetTable {
    /** Parquet pages have checksums, which readers verify only with this setting. */
    private static final String VERIFY = "parquet.page.verify-checksum.enabled";

    private ParquetTable() {}

    /**
     * Reads the files.
     *
     * @param named the columns that the user has named
     * @param ignored the named columns that are neither label nor feature
     */
    static Table read(SparkSession spark, InputFiles input, Set<String> named, Set<String> ignored) {
        List<Path> files = input.paths();
        List<ParquetFooter> footers = footers(spark, files);
        List<Long> rows = footers.stream().map(ParquetFooter::rows).toList();
        long records = rows.stream().mapToLong(Long::longValue).sum();
        if (records == 0) {
            throw JobException.data("The files hold no rows: the first is " + files.get(0) + ".");
        }
        ParquetColumns columns = new ParquetColumns(footers, named, ignored);
        FileRows fileRows = FileRows.ofCounts(files, rows);
        UserDefinedFunction number = RowNumber.of(files, rows).function();
        Dataset<Row> table = null;
        for (Map.Entry<StructType, List<Path>> group : groups(footers, columns).entrySet()) {
            Dataset<Row> part = spark.read()
                    .schema(group.getKey())
                    .option(VERIFY, true)
                    .parquet(InputFiles.toArguments(group.getValue()));
            part = part.select(selected(columns.schema(), group.getKey(), number));
            table = table == null ? part : table.union(part);
        }
        if (table == null) {
            throw new IllegalStateException("files have columns");
        }
        return new Table(
                table, new ReadReport(files.size(), null, records, columns.notes(), Map.of()), fileRows, fileRows);
    }

    /** Returns the files with rows, grouped by their columns, in the order of the first file of each group. */
    private static Map<StructType, List<Path>> groups(List<ParquetFooter> footers, ParquetColumns columns) {
        Map<StructType, List<Path>> groups = new LinkedHashMap<>();
        for (ParquetFooter footer : footers) {
            if (footer.rows() > 0) {
                groups.computeIfAbsent(columns.schemaOf(footer), schema -> new ArrayList<>())
                        .add(new Path(footer.file()));
            }
        }
        return groups;
    }

    private static Column[] selected(StructType all, StructType own, UserDefinedFunction number) {
        List<Column> selected = new ArrayList<>();
        Map<String, StructField> known = new HashMap<>();
        for (StructField field : own.fields()) {
            known.put(field.name(), field);
        }
        for (StructField field : all.fields()) {
            StructField here = known.get(field.name());
            Column column = here == null ? lit(null) : ColumnReferences.column(field.name());
            boolean same = here != null && here.dataType().equals(field.dataType());
            selected.add((same ? column : column.cast(field.dataType())).as(field.name(), field.metadata()));
        }
        selected.add(number.apply(col("_metadata.file_path"), col("_metadata.row_index"))
                .as(Table.ROW_NUMBER));
        return selected.toArray(Column[]::new);
    }

    private static List<ParquetFooter> footers(SparkSession spark, List<Path> files) {
        SerializableConfiguration configuration =
                new SerializableConfiguration(spark.sparkContext().hadoopConfiguration());
        List<String> names = files.stream().map(Path::toString).toList();
        return ShortJobs.collect(JavaSparkContext.fromSparkContext(spark.sparkContext())
                .parallelize(names, Math.min(names.size(), spark.sparkContext().defaultParallelism()))
                .map(name -> footer(name, configuration)));
    }

    private static ParquetFooter footer(String name, SerializableConfiguration configuration) {
        try {
            return ParquetFooter.read(name, configuration.value());
        } catch (Exception e) { // Parquet also throws RuntimeExceptions for damaged files.
            throw ReadProblems.unreadable(name, e);
        }
    }
}

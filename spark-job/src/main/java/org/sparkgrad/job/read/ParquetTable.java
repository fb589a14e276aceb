package org.sparkgrad.job.read;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.util.SerializableConfiguration;
import org.sparkgrad.job.problem.JobException;

/** Parquet files to a table: a row's number is its file's first one plus its place in the file, which Spark knows. */
final class ParquetTable {
    /** Pages have checksums, which readers look at only when told to. */
    private static final String VERIFY = "parquet.page.verify-checksum.enabled";

    private ParquetTable() {}

    static Table read(SparkSession spark, List<String> paths) {
        List<Path> files = InputFiles.list(spark, paths);
        Dataset<Row> table =
                spark.read().option("mergeSchema", true).option(VERIFY, true).parquet(InputFiles.toArguments(files));
        ColumnNames.checkFree(Arrays.asList(table.columns()));
        List<Long> rows = rows(spark, files);
        if (rows.stream().allMatch(count -> count == 0)) {
            throw JobException.data("The files hold no rows: the first is " + files.get(0) + ".");
        }
        UserDefinedFunction rowNumber =
                udf(RowNumber.of(files, rows), DataTypes.LongType).asNonNullable();
        Dataset<Row> numbered = table.withColumn(
                TableReader.ROW_NUMBER, rowNumber.apply(col("_metadata.file_path"), col("_metadata.row_index")));
        long records = rows.stream().mapToLong(Long::longValue).sum();
        return new Table(numbered, new ReadReport(files.size(), null, records, List.of(), Map.of()), RowPlaces.UNKNOWN);
    }

    /** Returns the rows of each file, by its footer. */
    private static List<Long> rows(SparkSession spark, List<Path> files) {
        SerializableConfiguration configuration =
                new SerializableConfiguration(spark.sparkContext().hadoopConfiguration());
        List<String> names = files.stream().map(Path::toString).toList();
        return JavaSparkContext.fromSparkContext(spark.sparkContext())
                .parallelize(names, Math.min(names.size(), spark.sparkContext().defaultParallelism()))
                .map(name -> rows(new Path(name), configuration.value()))
                .collect();
    }

    private static long rows(Path file, Configuration configuration) throws IOException {
        try (ParquetFileReader reader = ParquetFileReader.open(HadoopInputFile.fromPath(file, configuration))) {
            return reader.getRecordCount();
        }
    }

    /** A row's number, for rows that come file by file. */
    private static final class RowNumber implements UDF2<String, Long, Long> {
        private static final long serialVersionUID = 1L;

        private final Map<String, Long> firstRows;
        private FirstRow last = new FirstRow("", 0);

        private RowNumber(Map<String, Long> firstRows) {
            this.firstRows = firstRows;
        }

        /** The row of a file that is its first, as Spark names the file. */
        private record FirstRow(String file, long row) implements Serializable {}

        /** @param files in the order of their rows */
        static RowNumber of(List<Path> files, List<Long> rows) {
            Map<String, Long> firstRows = new HashMap<>();
            long first = 0;
            for (int i = 0; i < files.size(); i++) {
                firstRows.put(files.get(i).toString(), first);
                first += rows.get(i);
            }
            return new RowNumber(firstRows);
        }

        @Override
        public Long call(String file, Long index) {
            FirstRow at = last;
            if (!file.equals(at.file())) {
                at = new FirstRow(file, firstRow(file));
                last = at;
            }
            return at.row() + index;
        }

        private long firstRow(String file) {
            Long first = firstRows.get(InputFiles.fromKey(file).toString());
            if (first == null) {
                throw new IllegalStateException(file + " was not there when the files were first read");
            }
            return first;
        }
    }
}

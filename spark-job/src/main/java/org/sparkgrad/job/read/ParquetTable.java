package org.sparkgrad.job.read;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.problem.JobException;

/** Parquet files to a table: a row's number is its file's first one plus its place in the file, which Spark knows. */
final class ParquetTable {
    private static final String FILE = "_metadata.file_path";

    /** Pages have checksums, which readers look at only when told to. */
    private static final String VERIFY = "parquet.page.verify-checksum.enabled";

    private ParquetTable() {}

    static Dataset<Row> read(SparkSession spark, List<String> paths) {
        List<Path> files = InputFiles.list(spark, paths);
        Dataset<Row> table =
                spark.read().option("mergeSchema", true).option(VERIFY, true).parquet(InputFiles.toArguments(files));
        ColumnNames.checkFree(Arrays.asList(table.columns()));
        Map<String, Long> firstRow = firstRows(table);
        if (firstRow.isEmpty()) {
            throw JobException.data("The files hold no rows: the first is " + files.get(0) + ".");
        }
        UDF2<String, Long, Long> number = (file, index) -> rowNumber(firstRow.get(file), index);
        UserDefinedFunction rowNumber = udf(number, DataTypes.LongType).asNonNullable();
        return table.withColumn(TableReader.ROW_NUMBER, rowNumber.apply(col(FILE), col("_metadata.row_index")));
    }

    private static long rowNumber(@Nullable Long firstRow, long index) {
        if (firstRow == null) {
            throw new IllegalStateException("a file was not there when the files were first read");
        }
        return firstRow + index;
    }

    private static Map<String, Long> firstRows(Dataset<Row> table) {
        TreeMap<FileBlock, Long> rowsPerFile = new TreeMap<>(FileBlock.PATH_ORDER);
        for (Row row :
                table.select(col(FILE).as("file")).groupBy("file").count().collectAsList()) {
            rowsPerFile.put(new FileBlock(row.getString(0), 0), row.getLong(1));
        }
        Map<String, Long> firstRow = new HashMap<>();
        long rows = 0;
        for (Map.Entry<FileBlock, Long> file : rowsPerFile.entrySet()) {
            firstRow.put(file.getKey().file(), rows);
            rows += file.getValue();
        }
        return firstRow;
    }
}

package org.sparkgrad.job.read;

import static org.apache.spark.sql.functions.col;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.sparkgrad.job.read.Problems.assertDataProblem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgrad.job.TestSpark;

class ParquetTableTest {
    @TempDir
    private Path folder;

    @Test
    void rowNumbersDependOnNeitherCoresNorSplits() {
        SparkSession spark = TestSpark.session("local[2]");
        spark.range(0, 5000, 1, 3)
                .select(col("id"), col("id").cast("float").as("x"))
                .write()
                .option("parquet.block.size", 4096)
                .parquet(folder.resolve("a b").toString());
        spark.range(5000, 5010)
                .select(col("id"), col("id").cast("float").as("x"))
                .repartition(1)
                .sortWithinPartitions("id")
                .write()
                .parquet(folder.resolve("c").toString());
        for (String split : List.of("1000", "128m")) {
            for (String master : List.of("local[1]", "local[4]")) {
                SortedMap<Long, Long> rows = ids(TestSpark.session(master), split);
                assertEquals(5010, rows.size());
                rows.forEach((number, id) -> assertEquals(number, id, split + " " + master));
            }
        }
    }

    @Test
    void vectorsComeAsTheyAre() {
        SparkSession spark = TestSpark.session("local[2]");
        StructType schema =
                new StructType().add("label", DataTypes.IntegerType).add("features", SQLDataTypes.VectorType());
        Vector vector = Vectors.sparse(3, new int[] {1}, new double[] {2});
        spark.createDataFrame(List.of(RowFactory.create(1, vector)), schema)
                .write()
                .parquet(folder + "/v");
        Row row = TableReader.read(spark, TestSettings.parquet(folder.resolve("v")))
                .rows()
                .first();
        assertEquals(RowFactory.create(1, vector, 0L), row);
    }

    @Test
    void wrongFilesAreRefused() throws IOException {
        SparkSession spark = TestSpark.session("local[2]");
        Path text = Files.writeString(folder.resolve("a.parquet"), "not a Parquet file at all");
        assertDataProblem(
                () -> TableReader.read(spark, TestSettings.parquet(text)).rows(), text);
        Path none = folder.resolve("none");
        spark.range(0).write().parquet(none.toString());
        assertDataProblem(
                () -> TableReader.read(spark, TestSettings.parquet(none)).rows(), "no rows");
    }

    private SortedMap<Long, Long> ids(SparkSession spark, String split) {
        spark.conf().set("spark.sql.files.maxPartitionBytes", split);
        try {
            Dataset<Row> table = TableReader.read(spark, TestSettings.parquet(folder.resolve("*")))
                    .rows();
            TreeMap<Long, Long> rows = new TreeMap<>();
            table.collectAsList().forEach(row -> rows.put(row.getLong(2), row.getLong(0)));
            return rows;
        } finally {
            spark.conf().unset("spark.sql.files.maxPartitionBytes");
        }
    }
}

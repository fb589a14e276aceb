package org.sparkgrad.job.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgrad.job.TestSpark;

/** Predictions' Parquet files are Spark's own, byte for byte. */
class VectorParquetTest {
    private static final StructType COLUMNS = new StructType()
            .add("features", SQLDataTypes.VectorType())
            .add("text", DataTypes.StringType)
            .add("doubles", DataTypes.createArrayType(DataTypes.DoubleType))
            .add("solid", DataTypes.createArrayType(DataTypes.DoubleType, false))
            .add("whole", DataTypes.createArrayType(DataTypes.IntegerType))
            .add("bytes", DataTypes.createArrayType(DataTypes.ByteType))
            .add("nested", DataTypes.createArrayType(DataTypes.createArrayType(DataTypes.DoubleType)));

    @TempDir
    private Path folder;

    private final SparkSession spark = TestSpark.session("local[2]");

    private Dataset<Row> table() {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            rows.add(RowFactory.create(
                    i % 3 == 0
                            ? Vectors.dense(i, -0.0, Double.NaN)
                            : Vectors.sparse(9, new int[] {i % 4, 8}, new double[] {i, 0.5}),
                    i % 5 == 0 ? null : "row " + i,
                    Arrays.asList(1.5 * i, null, Double.POSITIVE_INFINITY),
                    List.of(i / 7.0),
                    i % 2 == 0 ? List.of() : Arrays.asList(null, i),
                    List.of((byte) i),
                    Arrays.asList(List.of(), null, Arrays.asList(0.1, null))));
        }
        rows.add(RowFactory.create(new Object[COLUMNS.size()]));
        rows.add(RowFactory.create(Vectors.dense(new double[0]), "", null, List.of(), null, null, List.of()));
        return spark.createDataFrame(rows, COLUMNS).coalesce(1);
    }

    private byte[] written(String format) throws IOException {
        Path target = folder.resolve(format);
        table().write().mode(SaveMode.Overwrite).format(format).save(target.toString());
        try (Stream<Path> files = Files.list(target)) {
            List<Path> parts = files.filter(file -> file.toString().endsWith(".snappy.parquet"))
                    .toList();
            assertEquals(1, parts.size());
            return Files.readAllBytes(parts.get(0));
        }
    }

    private void assertSameBytes() throws IOException {
        assertArrayEquals(written("parquet"), written(VectorParquet.class.getName()));
    }

    @Test
    void filesHaveTheBytesOfSparks() throws IOException {
        assertSameBytes();
    }

    @Test
    void filesOfTheLegacyFormatToo() throws IOException {
        String legacy = "spark.sql.parquet.writeLegacyFormat";
        spark.conf().set(legacy, true);
        try {
            assertSameBytes();
        } finally {
            spark.conf().unset(legacy);
        }
    }
}

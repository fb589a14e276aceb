package org.sparkgrad.job.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.sparkgrad.job.read.Problems.assertDataProblem;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkgrad.job.TestSpark;
import org.sparkgrad.job.assemble.Assembly;
import org.sparkgrad.job.assemble.RowBatch;
import org.sparkgrad.job.config.DataSettings;
import org.sparkgrad.job.config.DataSettings.Dense;
import org.sparkgrad.job.read.TableReader;
import org.sparkgrad.job.read.TestSettings;

/** A table that is kept while its labels are counted has the shards of a table that is read twice. */
class KeptRowsTest {
    private static final String NUMBERS = "float(id / 7) AS a, float(id % 3) AS b";
    private static final String LABEL = ", if(id % 5 = 0, 'no', if(id % 3 = 0, 'maybe', 'yes')) AS label";
    private static final int COUNT = 4;
    private static final int SEED = 3;

    private final SparkSession spark = TestSpark.session("local[2]");
    private final AtomicInteger read = new AtomicInteger();

    @TempDir
    private Path folder;

    /** Columns; the held-out share; how often the rows are read again. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    float(id / 7) AS a, float(id % 3) AS b                                     | 0    | 0
                    float(id / 7) AS a, float(id % 3) AS b                                     | 0.25 | 0
                    id / 7D AS a, array(float(id), 2F) AS b                                    | 0.25 | 0
                    concat('t', id % 3) AS a, float(id % 3) AS b                               | 0.25 | 0
                    cast(id AS decimal(9, 2)) AS a, float(id % 3) AS b                         | 0.25 | 0
                    float(id / 7) AS a, cast(id % 3 AS decimal(9, 2)) AS label                 | 0    | 1
                    float(id / 7) AS a, cast(id % 3 AS decimal(9, 2)) AS label                 | 0.25 | 2
                    """)
    void shardsAreTheSame(String columns, double fraction, int again) {
        DataSettings settings = written(columns.contains("AS label") ? columns : columns + LABEL);
        List<String> expected = hashes(settings, fraction, 0);
        assertEquals(expected, hashes(settings, fraction, 1L << 30));
        assertEquals(again, read.get());
    }

    @Test
    void vectorsAreKept() {
        DataSettings doubles = vectors("doubles", row -> Vectors.dense(row / 10.0, 2, 3));
        assertEquals(hashes(doubles, 0.25, 0), hashes(doubles, 0.25, 1L << 30));
        DataSettings singles = vectors("singles", row -> Vectors.dense(row, 2, 3));
        assertEquals(hashes(singles, 0.25, 0), hashes(singles, 0.25, 1L << 30));
        DataSettings sparse = vectors("sparse", row -> Vectors.sparse(3, new int[] {1}, new double[] {row}));
        assertEquals(hashes(sparse, 0.25, 0), hashes(sparse, 0.25, 1L << 30));
        assertEquals(0, read.get());
    }

    @Test
    void weightsStayWithTheirRows() {
        DataSettings settings =
                TestSettings.columns(written(NUMBERS + ", id / 9D AS w" + LABEL), "label", List.of(), List.of(), "w");
        assertEquals(hashes(settings, 0.25, 0), hashes(settings, 0.25, 1L << 30));
        assertEquals(0, read.get());
    }

    private DataSettings vectors(String name, IntFunction<Vector> vectorOf) {
        StructType schema = new StructType().add("label", "int").add("features", SQLDataTypes.VectorType());
        List<Row> rows = IntStream.range(0, 200)
                .mapToObj(row -> RowFactory.create(row % 3, vectorOf.apply(row)))
                .toList();
        spark.createDataFrame(rows, schema).write().parquet(folder + "/" + name);
        return TestSettings.parquet(folder.resolve(name));
    }

    @Test
    void rowsForWhichThereIsNoRoomAreReadAgain() {
        DataSettings settings = written(NUMBERS + LABEL);
        List<String> expected = hashes(settings, 0.25, 0);
        assertEquals(expected, hashes(settings, 0.25, 100_000));
        assertEquals(2, read.get());
    }

    @Test
    void aWrongCellIsAnErrorOfTheSecondReading() {
        DataSettings settings = written("if(id = 70, null, float(id)) AS a, float(id % 3) AS b" + LABEL);
        assertDataProblem(() -> hashes(settings, 0, 1L << 30), "Row 70 has no number in column a");
    }

    private DataSettings written(String columns) {
        spark.range(0, 9_000, 1, 2).createOrReplaceTempView("ids");
        spark.sql("SELECT " + columns + " FROM ids").write().parquet(folder + "/table");
        return TestSettings.parquet(folder.resolve("table"));
    }

    /** Returns the hashes of all shards, and counts how often the rows are read after the labels. */
    private List<String> hashes(DataSettings settings, double fraction, long room) {
        Dataset<Row> table = TableReader.read(spark, settings).rows();
        try (Sharding sharding = new Sharding(JavaSparkContext.fromSparkContext(spark.sparkContext()), SEED, room)) {
            Assembly assembly = Assembly.of(table, settings, sharding.keeper(fraction));
            DataSize size = DataSize.of(Dense.AUTO, assembly.rows(), assembly.features(), assembly.entries());
            read.set(0);
            Supplier<JavaRDD<RowBatch>> again = () -> {
                read.incrementAndGet();
                return assembly.batches(table);
            };
            List<ShardRows> shards = new ArrayList<>(
                    sharding.training(again, fraction, size, COUNT).rows().collect());
            if (fraction > 0) {
                shards.addAll(
                        sharding.heldOut(again, fraction, size, COUNT).rows().collect());
            }
            return LocalRowsTest.hashes(shards);
        }
    }
}

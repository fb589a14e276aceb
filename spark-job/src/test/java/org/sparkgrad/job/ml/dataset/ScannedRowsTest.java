package org.sparkgrad.job.ml.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkgrad.job.TestSpark;
import org.sparkgrad.job.shard.LocalRows;

/** Rows of a Dataset, counted and on their way to shards. */
class ScannedRowsTest {
    private static final int FEATURES = 20;
    private static final int SHARDS = 8;
    private static final long SEED = 3;
    private static final StructType SCHEMA =
            new StructType().add("label", "double").add("weight", "double").add("features", SQLDataTypes.VectorType());

    /** Held on the heap, or shuffled for want of room there: the same counts and the same statistics, to the bit. */
    @ParameterizedTest
    @ValueSource(longs = {0, 30_000, 1L << 40})
    void roomChangesNothing(long room) {
        JavaRDD<InternalRow> stored = stored(rows(1.0));
        ScannedRows counted = ScannedRows.of(stored, SEED);
        try (ScannedRows packed = ScannedRows.packed(stored, SEED, LocalRows.open(SEED, room))) {
            assertEquals(counted.shape().size(), packed.shape().size());
            assertEquals(counted.shape().classes(), packed.shape().classes());
            assertEquals(counted.shape().onlyClass(), packed.shape().onlyClass());
            assertEquals(
                    counted.shards(SHARDS).statistics(3).sha256(),
                    packed.shards(SHARDS).statistics(3).sha256());
        }
    }

    @Test
    void aNumberThatIsNotFiniteIsRefusedAsMllibDoes() {
        JavaRDD<InternalRow> stored = stored(rows(Double.NaN));
        SparkException failure = assertThrows(SparkException.class, () -> ScannedRows.packed(stored, SEED));
        SparkException before = assertThrows(SparkException.class, () -> ScannedRows.of(stored, SEED));
        assertEquals(String.valueOf(before.getCause()), String.valueOf(failure.getCause()));
    }

    private static JavaRDD<InternalRow> stored(List<Row> rows) {
        SparkSession session = TestSpark.session("local[2]");
        LogisticRegression columns = new LogisticRegression().setWeightCol("weight");
        return DatasetInstances.rows(session.createDataFrame(rows, SCHEMA).repartition(5), columns, Folds.NONE);
    }

    /** Dense rows, precise ones and sparse ones; one number is given. */
    private static List<Row> rows(double number) {
        Random random = new Random(7);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 900; i++) {
            double[] values =
                    random.doubles(FEATURES, -1, 1).map(v -> (float) v).toArray();
            values[1] = i % 10 == 0 ? 0.1 : values[1];
            values[2] = i == 450 ? number : values[2];
            Vector dense = Vectors.dense(values);
            Vector sparse = Vectors.sparse(FEATURES, new int[] {3, i % 3 + 7}, new double[] {1, i});
            rows.add(RowFactory.create((double) (i % 3), 0.5 * (i % 4), i % 5 == 1 ? sparse : dense));
        }
        return rows;
    }
}

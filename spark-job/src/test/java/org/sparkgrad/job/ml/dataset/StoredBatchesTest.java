package org.sparkgrad.job.ml.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertIterableEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.VectorUDT;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkgrad.job.TestSpark;
import org.sparkgrad.job.assemble.Instance;
import org.sparkgrad.job.assemble.RowBatch;
import org.sparkgrad.job.assemble.RowBatches;
import org.sparkgrad.job.read.CompactVectors;

/** Batches from the bytes of a Dataset's rows are those of MLlib's vectors in their smaller form. */
class StoredBatchesTest {
    private static final VectorUDT VECTORS = new VectorUDT();
    private static final StructType ROW = new StructType()
            .add("label", "double")
            .add("weight", "double")
            .add("features", VECTORS.sqlType())
            .add("fold", "int");
    private static final int FEATURES = 13;

    /** Four dense rows of one size are scanned together, others alone. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "d",
                "dddd",
                "ddddd",
                "zzzd",
                "dsdd",
                "dddddddds",
                "dddwdddd",
                "ssss",
                "fffff",
                "sofzd",
                "dofss",
                "eeee",
                "oooow",
                "ddd0dd"
            })
    void batchesAreThoseOfVectors(String kinds) {
        List<InternalRow> rows = new ArrayList<>();
        Random random = new Random(7);
        for (int i = 0; i < kinds.length(); i++) {
            char kind = kinds.charAt(i);
            rows.add(row(i % 2, kind == '0' ? 0 : 1 + i, vector(kind, random), i % 3));
        }
        List<String> expected = described(ofVectors(rows));
        DatasetShape shape = new DatasetShape();
        assertIterableEquals(expected, described(new StoredBatches(rows.iterator(), shape)));
        assertEquals(kinds.length(), shape.rows());
        List<InternalRow> bytes = unsafe(rows);
        assertIterableEquals(expected, described(new StoredBatches(bytes.iterator(), new DatasetShape())));
    }

    /** A row of a plan that has no binary rows, around a vector with binary parts. */
    @Test
    void otherRowsMayHaveBinaryVectors() {
        List<InternalRow> rows = new ArrayList<>();
        Random random = new Random(3);
        for (int i = 0; i < 6; i++) {
            rows.add(row(1, 2, vector(i == 3 ? 's' : 'd', random), 0));
        }
        List<InternalRow> mixed = new ArrayList<>();
        for (InternalRow row : unsafe(rows)) {
            mixed.add(new GenericInternalRow(new Object[] {1.0, 2.0, row.getStruct(2, 4), 0}));
        }
        assertIterableEquals(
                described(ofVectors(rows)), described(new StoredBatches(mixed.iterator(), new DatasetShape())));
    }

    /** More than one batch, and in the middle of it the first number that does not fit single precision. */
    @Test
    void batchesEndWhereTheyDid() {
        List<InternalRow> rows = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            double[] values = new double[50_000];
            Arrays.fill(values, i == 27 ? 0.1 : i + 1);
            rows.add(row(1, 1, Vectors.dense(values), 0));
        }
        List<InternalRow> bytes = unsafe(rows);
        assertIterableEquals(
                described(ofVectors(rows)), described(new StoredBatches(bytes.iterator(), new DatasetShape())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cache", "shuffle", "local"})
    void plansGiveTheRowsOfTheirVectors(String plan) {
        List<Row> rows = new ArrayList<>();
        Random random = new Random(11);
        for (int i = 0; i < 500; i++) {
            rows.add(RowFactory.create((double) (i % 3), 0.5 * (i % 4), vector("dszfo".charAt(i % 5), random)));
        }
        StructType schema = new StructType()
                .add("label", "double")
                .add("weight", "double")
                .add("features", SQLDataTypes.VectorType());
        Dataset<Row> local = TestSpark.session("local[2]").createDataFrame(rows, schema);
        Dataset<Row> table = switch (plan) {
            case "cache" -> local.cache();
            case "shuffle" -> local.repartition(3, functions.col("label"));
            default -> local;
        };
        List<InternalRow> stored = new ArrayList<>();
        for (Row row : rows) {
            stored.add(row(row.getDouble(0), row.getDouble(1), row.getAs(2), 0));
        }
        List<String> expected = new ArrayList<>();
        ofVectors(stored).forEachRemaining(batch -> expected.addAll(rows(batch)));
        List<String> actual = new ArrayList<>();
        DatasetInstances.batches(
                        DatasetInstances.rows(table, new LogisticRegression().setWeightCol("weight"), Folds.NONE))
                .map(StoredBatchesTest::rows)
                .collect()
                .forEach(actual::addAll);
        expected.sort(null);
        actual.sort(null);
        assertIterableEquals(expected, actual);
        table.unpersist();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 5})
    void rowThatIsNotFiniteIsRefused(int place) {
        for (double number : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            for (boolean sparse : new boolean[] {false, true}) {
                double[] values = {1, 0, number, -0.0};
                Vector wrong = sparse ? Vectors.dense(values).toSparse() : Vectors.dense(values);
                List<InternalRow> rows = new ArrayList<>();
                for (int i = 0; i < 6; i++) {
                    rows.add(row(0, 1, i == place ? wrong : Vectors.dense(1, 2, 3, 4), 0));
                }
                String message = "Vector values MUST NOT be NaN or Infinity, but got " + wrong;
                assertEquals(message, refusal(rows));
                assertEquals(message, refusal(unsafe(rows)));
            }
        }
    }

    @Test
    void nullIsRefused() {
        InternalRow missing = new GenericInternalRow(new Object[] {0.0, 1.0, null, 0});
        List<InternalRow> rows = List.of(row(0, 1, Vectors.dense(1, 2), 0), missing);
        assertEquals("Vectors MUST NOT be Null", refusal(rows));
        assertEquals("Vectors MUST NOT be Null", refusal(unsafe(rows)));
    }

    /** MLlib refuses them when it makes a vector of what a file has. */
    @ParameterizedTest
    @ValueSource(strings = {"1,0", "0,2", "-1,1", "0,0", "1"})
    void indicesOfNoVectorAreRefusedAsMllibDoes(String indices) {
        Object[] places =
                Arrays.stream(indices.split(",")).map(Integer::valueOf).toArray();
        InternalRow vector = new GenericInternalRow(
                new Object[] {(byte) 0, 2, new GenericArrayData(places), new GenericArrayData(new Object[] {1.0, 2.0})
                });
        InternalRow row = new GenericInternalRow(new Object[] {0.0, 1.0, vector, 0});
        String message = String.valueOf(assertThrows(IllegalArgumentException.class, () -> VECTORS.deserialize(vector))
                .getMessage());
        assertTrue(message.startsWith("requirement failed"), message);
        assertEquals(message, refusal(List.of(row)));
        assertEquals(message, refusal(unsafe(List.of(row))));
    }

    private static String refusal(List<InternalRow> rows) {
        StoredBatches batches = new StoredBatches(rows.iterator(), new DatasetShape());
        return String.valueOf(
                assertThrows(IllegalArgumentException.class, batches::next).getMessage());
    }

    /** Dense, with zeros, double the width, float, sparse, sparse with few zeros, empty; 0 is a row without weight. */
    private static Vector vector(char kind, Random random) {
        double[] values = random.doubles(kind == 'w' ? 2 * FEATURES : FEATURES, -1, 1)
                .map(v -> kind == 'f' ? (float) v : v)
                .map(v -> v < ("zs".indexOf(kind) >= 0 ? 0.8 : kind == 'o' ? -0.8 : -1) ? 0 : v)
                .toArray();
        if (kind == 'z') {
            values[2] = -0.0;
        }
        if (kind == 'e') {
            return Vectors.sparse(FEATURES, new int[0], new double[0]);
        }
        if (kind == 's') { // with a zero that is stored
            return Vectors.sparse(FEATURES, new int[] {1, 4, 5}, new double[] {values[1], 0, 0.25});
        }
        return kind == 'o' ? Vectors.dense(values).toSparse() : Vectors.dense(values);
    }

    private static InternalRow row(double label, double weight, Vector features, int fold) {
        return new GenericInternalRow(new Object[] {label, weight, VECTORS.serialize(features), fold});
    }

    private static List<InternalRow> unsafe(List<InternalRow> rows) {
        UnsafeProjection projection = UnsafeProjection.create(ROW);
        List<InternalRow> bytes = new ArrayList<>();
        rows.forEach(row -> bytes.add(projection.apply(row).copy()));
        return bytes;
    }

    private static Iterator<RowBatch> ofVectors(List<InternalRow> rows) {
        return RowBatches.of(rows.stream().map(StoredBatchesTest::instance).iterator());
    }

    private static Instance instance(InternalRow row) {
        Vector features = VECTORS.deserialize(row.getStruct(2, 4));
        double weight = row.getDouble(1);
        int label = weight == 0 ? 0 : (int) row.getDouble(0);
        return new Instance(hash(label, weight, features), label, weight, CompactVectors.of(features), row.getInt(3));
    }

    private static long hash(double label, double weight, Vector features) {
        long golden = 0x9E3779B97F4A7C15L;
        long hash = mix(mix(Double.doubleToLongBits(label) + golden) ^ Double.doubleToLongBits(weight));
        double[] values = features.toArray();
        for (int j = 0; j < values.length; j++) {
            hash = values[j] == 0 ? hash : mix((hash + j * golden) ^ Double.doubleToLongBits(values[j]));
        }
        return hash;
    }

    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** Returns a text of each row, and of each batch. */
    private static List<String> described(Iterator<RowBatch> batches) {
        List<String> all = new ArrayList<>();
        while (batches.hasNext()) {
            RowBatch batch = batches.next();
            all.addAll(rows(batch));
            all.add(batch.rows()
                    + (batch.indices() == null ? " complete" : " indexed")
                    + (batch.values().floats() == null ? " double" : " single"));
        }
        return all;
    }

    private static List<String> rows(RowBatch batch) {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < batch.rows(); i++) {
            StringBuilder row = new StringBuilder(
                    batch.ids()[i] + " " + batch.labels()[i] + " " + batch.weights()[i] + " " + batch.folds()[i]);
            for (int k = 0; k < Math.min(FEATURES * 2, batch.starts()[i + 1] - batch.starts()[i]); k++) {
                long bits = Double.doubleToRawLongBits(batch.values().get(batch.starts()[i] + k));
                row.append(' ').append(batch.index(i, k)).append(':').append(bits);
            }
            rows.add(row.toString());
        }
        return rows;
    }
}

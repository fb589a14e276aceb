package org.sparkgrad.job.ml.dataset;

import java.util.Arrays;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;

/**
 * The results of one loop over a row's numbers. Each step of the hash waits for the previous step, so the other results
 * take almost no additional time.
 *
 * @param hash the identity of a row in a Dataset, which has none: a hash of the row's content. Equal rows share a hash
 *     and may be in any order. For different rows with equal hashes, the content decides. So neither the order of a
 *     Dataset nor its partitions affect the result. Stored zeros count like absent ones.
 * @param nonzeros the number of values that are not 0
 * @param finite whether no value is NaN or infinite
 */
record RowScan(long hash, int nonzeros, boolean finite) {
    /**
     * The number of rows that are read at once. The processor continues with the hash of one row while it waits for
     * another.
     */
    static final int TOGETHER = 4;

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    /** Reads the first rows of arrays, at most four. */
    static RowScan[] of(double[] labels, double[] weights, Vector[] features, int rows) {
        RowScan[] scans = new RowScan[rows];
        boolean alike = rows == TOGETHER;
        for (int i = 0; i < TOGETHER && alike; i++) {
            alike = features[i] instanceof DenseVector && features[i].size() == features[0].size();
        }
        if (alike) {
            long[] starts = new long[TOGETHER];
            for (int i = 0; i < TOGETHER; i++) {
                starts[i] = start(labels[i], weights[i]);
            }
            dense(starts, features, scans);
        } else {
            Arrays.setAll(scans, i -> of(labels[i], weights[i], features[i]));
        }
        return scans;
    }

    /** Reads a row. */
    static RowScan of(double label, double weight, Vector features) {
        long hash = start(label, weight);
        int[] indices = features instanceof SparseVector sparse ? sparse.indices() : null;
        double[] values = features instanceof SparseVector sparse ? sparse.values() : features.toArray();
        int nonzeros = 0;
        boolean finite = true;
        for (int i = 0; i < values.length; i++) {
            if (values[i] != 0) {
                hash = with(hash, (indices == null ? i : indices[i]) * GOLDEN, values[i]);
                nonzeros++;
                finite &= isFinite(values[i]);
            }
        }
        return new RowScan(hash, nonzeros, finite);
    }

    private static void dense(long[] starts, Vector[] features, RowScan[] scans) {
        double[] a = features[0].toArray();
        double[] b = features[1].toArray();
        double[] c = features[2].toArray();
        double[] d = features[3].toArray();
        long hashA = starts[0];
        long hashB = starts[1];
        long hashC = starts[2];
        long hashD = starts[3];
        int nonzerosA = 0;
        int nonzerosB = 0;
        int nonzerosC = 0;
        int nonzerosD = 0;
        boolean finite = true;
        for (int j = 0; j < a.length; j++) {
            long index = j * GOLDEN;
            if (a[j] != 0) {
                hashA = with(hashA, index, a[j]);
                nonzerosA++;
            }
            if (b[j] != 0) {
                hashB = with(hashB, index, b[j]);
                nonzerosB++;
            }
            if (c[j] != 0) {
                hashC = with(hashC, index, c[j]);
                nonzerosC++;
            }
            if (d[j] != 0) {
                hashD = with(hashD, index, d[j]);
                nonzerosD++;
            }
            finite &= isFinite(a[j]);
            finite &= isFinite(b[j]);
            finite &= isFinite(c[j]);
            finite &= isFinite(d[j]);
        }
        scans[0] = new RowScan(hashA, nonzerosA, finite || areFinite(a));
        scans[1] = new RowScan(hashB, nonzerosB, finite || areFinite(b));
        scans[2] = new RowScan(hashC, nonzerosC, finite || areFinite(c));
        scans[3] = new RowScan(hashD, nonzerosD, finite || areFinite(d));
    }

    private static boolean areFinite(double[] values) {
        return Arrays.stream(values).allMatch(RowScan::isFinite);
    }

    private static boolean isFinite(double value) {
        return Math.abs(value) <= Double.MAX_VALUE;
    }

    private static long start(double label, double weight) {
        return mix(mix(Double.doubleToLongBits(label) + GOLDEN) ^ Double.doubleToLongBits(weight));
    }

    private static long with(long hash, long index, double value) {
        return mix((hash + index) ^ Double.doubleToRawLongBits(value));
    }

    /** The finaliser of SplitMix64. */
    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}

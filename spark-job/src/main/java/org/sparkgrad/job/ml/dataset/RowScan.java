package org.sparkgrad.job.ml.dataset;

import org.jspecify.annotations.Nullable;

/**
 * Computes the hash of a row and counts its numbers that are not 0, in one loop: each step of the hash waits for the
 * previous step, so the count takes almost no additional time.
 *
 * <p>The hash is the identity of a row in a Dataset, which has none. Equal rows share a hash and may be in any order. For
 * different rows with equal hashes, the content decides. So neither the order of a Dataset nor its partitions affect the
 * result. Stored zeros count like absent ones.
 */
final class RowScan {
    /**
     * The number of rows that are read at once. The processor continues with the hash of one row while it waits for
     * another.
     */
    static final int TOGETHER = 4;

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private RowScan() {}

    /**
     * Scans the first rows of an array, at most four.
     *
     * @throws IllegalArgumentException with MLlib's message, for a number that is NaN or infinite
     */
    static void hash(StoredRow[] rows, int count) {
        boolean alike = count == TOGETHER;
        for (int i = 0; i < TOGETHER && alike; i++) {
            alike = rows[i].indices() == null && rows[i].count() == rows[0].count();
        }
        boolean finite = alike && dense(rows[0], rows[1], rows[2], rows[3]);
        for (int i = 0; i < count && !finite; i++) {
            checkFinite(rows[i]);
            hash(rows[i]);
        }
    }

    /**
     * Counts the numbers of a row that are not 0, without its hash.
     *
     * @throws IllegalArgumentException with MLlib's message, for a number that is NaN or infinite
     */
    static void count(StoredRow row) {
        checkFinite(row);
        double[] values = row.values();
        int zeros = 0;
        for (int i = 0; i < row.count(); i++) {
            zeros += values[i] == 0 ? 1 : 0;
        }
        row.scanned(0, row.count() - zeros);
    }

    private static void checkFinite(StoredRow row) {
        double[] values = row.values();
        boolean finite = true;
        for (int i = 0; i < row.count(); i++) {
            finite &= Math.abs(values[i]) <= Double.MAX_VALUE;
        }
        if (!finite) {
            throw row.notFinite();
        }
    }

    private static void hash(StoredRow row) {
        long hash = start(row);
        int @Nullable [] indices = row.indices();
        double[] values = row.values();
        int nonzeros = 0;
        for (int i = 0; i < row.count(); i++) {
            if (values[i] != 0) {
                hash = with(hash, (indices == null ? i : indices[i]) * GOLDEN, values[i]);
                nonzeros++;
            }
        }
        row.scanned(hash, nonzeros);
    }

    /** Hashes four rows that store all features, and returns whether all their numbers are finite. */
    private static boolean dense(StoredRow rowA, StoredRow rowB, StoredRow rowC, StoredRow rowD) {
        double[] a = rowA.values();
        double[] b = rowB.values();
        double[] c = rowC.values();
        double[] d = rowD.values();
        long hashA = start(rowA);
        long hashB = start(rowB);
        long hashC = start(rowC);
        long hashD = start(rowD);
        int zerosA = 0;
        int zerosB = 0;
        int zerosC = 0;
        int zerosD = 0;
        double products = 0; // of each number and 0: NaN for NaN and infinity
        int features = rowA.count();
        for (int j = 0; j < features; j++) {
            long index = j * GOLDEN;
            if (a[j] != 0) {
                hashA = with(hashA, index, a[j]);
            } else {
                zerosA++;
            }
            if (b[j] != 0) {
                hashB = with(hashB, index, b[j]);
            } else {
                zerosB++;
            }
            if (c[j] != 0) {
                hashC = with(hashC, index, c[j]);
            } else {
                zerosC++;
            }
            if (d[j] != 0) {
                hashD = with(hashD, index, d[j]);
            } else {
                zerosD++;
            }
            products += 0 * a[j] + 0 * b[j] + 0 * c[j] + 0 * d[j];
        }
        rowA.scanned(hashA, features - zerosA);
        rowB.scanned(hashB, features - zerosB);
        rowC.scanned(hashC, features - zerosC);
        rowD.scanned(hashD, features - zerosD);
        return products == 0;
    }

    private static long start(StoredRow row) {
        return mix(mix(Double.doubleToLongBits(row.label()) + GOLDEN) ^ Double.doubleToLongBits(row.weight()));
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

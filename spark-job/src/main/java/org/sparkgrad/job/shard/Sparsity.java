package org.sparkgrad.job.shard;

import org.sparkgrad.job.config.DataSettings.Dense;

/** Decides whether blocks omit zeros: a function of the data and the configuration alone. */
public final class Sparsity {
    /** A sparse entry stores an index beside its value, and its column is accessed at random. */
    private static final long ZEROS_FOR_A_NONZERO = 9;

    /** Narrow rows gain little from sparse blocks, and centred features need fewer steps. */
    private static final int LEAST_FEATURES = 256;

    private Sparsity() {}

    /**
     * Returns whether blocks are sparse.
     *
     * @param dense the setting; AUTO chooses sparse blocks for at least {@value #LEAST_FEATURES} features of which less
     *     than a tenth are not zero
     * @param rows N
     * @param nonzeros the number of features of all rows that are not zero
     * @param features F
     */
    public static boolean isSparse(Dense dense, long rows, long nonzeros, int features) {
        return switch (dense) {
            case TRUE -> false;
            case FALSE -> true;
            case AUTO ->
                features >= LEAST_FEATURES && nonzeros * (ZEROS_FOR_A_NONZERO + 1.0) < (double) rows * features;
        };
    }
}

package org.sparkgrad.job.shard;

import org.sparkgrad.job.config.DataSettings.Dense;

/** Whether blocks leave zeros out: a function of the data and the configuration alone. */
public final class Sparsity {
    /** An entry takes an index beside its value, and its column is looked up rather than run along. */
    private static final long ZEROS_FOR_A_NONZERO = 9;

    /** Narrow rows gain little, and centred features need fewer steps. */
    private static final int LEAST_FEATURES = 256;

    private Sparsity() {}

    /**
     * Decides.
     *
     * @param dense what was asked for; AUTO takes sparse blocks for {@value #LEAST_FEATURES} features or more of which
     *     less than a tenth are not zero
     * @param rows N
     * @param nonzeros features of all rows that are not zero
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

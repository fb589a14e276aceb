package org.sparkgrad.job.shard;

import java.util.Arrays;

/** Changes of scale that tests can say. */
public final class FeatureScales {
    private FeatureScales() {}

    /** Returns the change to the same scale. */
    public static ScaleChange same(int features) {
        return of(features, 1, 0);
    }

    /** Returns the change from features twice as large, and 1 more. */
    public static ScaleChange twice(int features) {
        return of(features, 2, 1);
    }

    private static ScaleChange of(int features, double ratio, double offset) {
        double[] ratios = new double[features];
        double[] offsets = new double[features];
        Arrays.fill(ratios, ratio);
        Arrays.fill(offsets, offset);
        return new ScaleChange(ratios, offsets);
    }
}

package org.sparkgrad.job.generate;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The features of a generated instance: all features, or some with indices. */
final class GeneratedRow {
    private static final double TEN_THOUSAND = 1e4;
    private static final int TRIES = 4;

    private final int @Nullable [] indices;
    private final double[] values;

    private GeneratedRow(int @Nullable [] indices, double[] values) {
        this.indices = indices;
        this.values = values;
    }

    /** Returns F normal numbers with four decimals. */
    static GeneratedRow dense(int features, SplittableRandom random) {
        return new GeneratedRow(null, values(features, random));
    }

    /**
     * Returns normal numbers with four decimals, none of them 0, at different indices; low indices are more frequent.
     */
    static GeneratedRow sparse(int features, int nonzeros, SplittableRandom random) {
        TreeSet<Integer> indices = new TreeSet<>();
        for (int i = 0; i < TRIES * nonzeros && indices.size() < nonzeros; i++) {
            double u = random.nextDouble();
            indices.add((int) (features * u * u * u));
        }
        for (int j = 0; indices.size() < nonzeros; j++) {
            indices.add(j);
        }
        double[] values = values(nonzeros, random);
        for (int i = 0; i < values.length; i++) {
            values[i] = values[i] == 0 ? 1 : values[i];
        }
        return new GeneratedRow(indices.stream().mapToInt(Integer::intValue).toArray(), values);
    }

    private static double[] values(int count, SplittableRandom random) {
        double[] values = new double[count];
        Arrays.setAll(values, i -> Math.rint(RandomNumbers.normal(random, 0, 1) * TEN_THOUSAND) / TEN_THOUSAND + 0.0);
        return values;
    }

    double[] values() {
        return values;
    }

    /** Returns the ascending indices of the values; null if all features have values. */
    int @Nullable [] indices() {
        return indices;
    }

    /** Returns the feature of a value. */
    int index(int value) {
        return indices == null ? value : indices[value];
    }
}

package org.sparkgrad.score;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A vector as JSON: all its numbers, or only those that are not zero.
 *
 * @param indices the index of each value, ascending; null if the values are all numbers of the vector
 * @param values the numbers
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JsonVector(@Nullable List<Integer> indices, List<Double> values) {
    /** Checks that there are as many indices as values. */
    public JsonVector {
        if (indices != null && indices.size() != values.size()) {
            throw new IllegalArgumentException(
                    "it has %d indices for %d values".formatted(indices.size(), values.size()));
        }
    }

    /** Returns a vector in the shorter of the two forms. */
    public static JsonVector of(double[] dense) {
        int[] places =
                IntStream.range(0, dense.length).filter(i -> dense[i] != 0).toArray();
        return 2L * places.length < dense.length
                ? new JsonVector(
                        Arrays.stream(places).boxed().toList(),
                        Arrays.stream(places).mapToObj(i -> dense[i]).toList())
                : new JsonVector(null, Arrays.stream(dense).boxed().toList());
    }

    /**
     * Returns all the numbers.
     *
     * @param size the length of the vector
     * @throws IllegalArgumentException if the values are of a vector of another length
     */
    public double[] dense(int size) {
        double[] dense = new double[size];
        if (indices == null ? values.size() != size : indices.stream().anyMatch(i -> i < 0 || i >= size)) {
            throw new IllegalArgumentException(
                    "it has a vector of another length than its %d features".formatted(size));
        }
        for (int i = 0; i < values.size(); i++) {
            dense[indices == null ? i : indices.get(i)] = values.get(i);
        }
        return dense;
    }
}

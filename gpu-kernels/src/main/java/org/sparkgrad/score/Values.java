package org.sparkgrad.score;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A vector as JSON: all its numbers, or those that are not zero.
 *
 * @param indices where the values are, ascending; null is everywhere
 * @param values the numbers
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Values(@Nullable List<Integer> indices, List<Double> values) {
    /** Refuses places without values. */
    public Values {
        if (indices != null && indices.size() != values.size()) {
            throw new IllegalArgumentException(
                    "it has %d indices for %d values".formatted(indices.size(), values.size()));
        }
    }

    /** Returns the vector in the shorter form. */
    public static Values of(double[] dense) {
        int[] places =
                IntStream.range(0, dense.length).filter(i -> dense[i] != 0).toArray();
        return 2L * places.length < dense.length
                ? new Values(
                        Arrays.stream(places).boxed().toList(),
                        Arrays.stream(places).mapToObj(i -> dense[i]).toList())
                : new Values(null, Arrays.stream(dense).boxed().toList());
    }

    /**
     * Returns all the numbers.
     *
     * @param size how many there are
     * @throws IllegalArgumentException if there are others
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

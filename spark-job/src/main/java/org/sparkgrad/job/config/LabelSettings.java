package org.sparkgrad.job.config;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How labels become classes.
 *
 * @param positive of two labels the one that is class 1; null is by order
 * @param first labels that go before all others where the data have them, in this order
 */
public record LabelSettings(@Nullable String positive, List<String> first) implements Serializable {
    /** Labels in their own order. */
    public static final LabelSettings DEFAULT = new LabelSettings(null, List.of());

    /** Keeps a copy of the labels. */
    public LabelSettings {
        first = List.copyOf(first);
    }
}

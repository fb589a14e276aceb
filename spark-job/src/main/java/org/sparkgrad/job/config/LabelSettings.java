package org.sparkgrad.job.config;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How labels become classes.
 *
 * @param positive of two labels the one that is class 1; null is by order
 * @param dropsMissing whether rows without a label are left out, or refused
 * @param first labels that go before all others where the data have them, in this order
 */
public record LabelSettings(@Nullable String positive, boolean dropsMissing, List<String> first)
        implements Serializable {
    /** Labels in their own order. */
    public static final LabelSettings DEFAULT = new LabelSettings(null, false, List.of());

    /** What to do about rows without a label. */
    public enum MissingLabel {
        /** They are refused. */
        ERROR,
        /** They are left out. */
        DROP
    }

    /** Keeps a copy of the labels. */
    public LabelSettings {
        first = List.copyOf(first);
    }
}

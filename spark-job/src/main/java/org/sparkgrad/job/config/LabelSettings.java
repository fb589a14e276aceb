package org.sparkgrad.job.config;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The conversion of labels to classes.
 *
 * @param positive the label of class 1, of two labels; null for the default order
 * @param dropsMissing whether rows without a label are dropped instead of refused
 * @param first the labels that come before all others, in this order, if the data have them
 */
public record LabelSettings(@Nullable String positive, boolean dropsMissing, List<String> first)
        implements Serializable {
    /** Labels in their default order. */
    public static final LabelSettings DEFAULT = new LabelSettings(null, false, List.of());

    /** The handling of rows without a label. */
    public enum MissingLabel {
        /** An error. */
        ERROR,
        /** The row is dropped. */
        DROP
    }

    /** Copies the labels. */
    public LabelSettings {
        first = List.copyOf(first);
    }
}

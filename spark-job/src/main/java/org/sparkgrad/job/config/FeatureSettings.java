package org.sparkgrad.job.config;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How columns that are no plain numbers become features, and labels classes.
 *
 * @param missing what to do about missing numbers
 * @param hashFeatures the width that text columns are hashed to together, a power of two; null is one-hot columns
 * @param textColumns feature columns taken as text whatever they hold, by name or index
 * @param labels how labels become classes
 */
public record FeatureSettings(
        Missing missing, @Nullable Integer hashFeatures, List<String> textColumns, LabelSettings labels)
        implements Serializable {
    /** One-hot text, no missing number. */
    public static final FeatureSettings DEFAULT = new FeatureSettings(Missing.ERROR, null, List.of());

    /** What to do about missing numbers: empty cells, nulls and NaN. A missing text has no level. */
    public enum Missing {
        /** They are refused. */
        ERROR,
        /** The column's mean over the training rows that have a number stands in. */
        MEAN,
        /** The row is left out. */
        DROP
    }

    /** Keeps a copy of the columns. */
    public FeatureSettings {
        textColumns = List.copyOf(textColumns);
    }

    /** Makes settings with labels in their own order. */
    public FeatureSettings(Missing missing, @Nullable Integer hashFeatures, List<String> textColumns) {
        this(missing, hashFeatures, textColumns, LabelSettings.DEFAULT);
    }

    /** Returns the same settings with these labels before all others. */
    public FeatureSettings withFirst(List<String> first) {
        return new FeatureSettings(
                missing, hashFeatures, textColumns, new LabelSettings(labels.positive(), labels.dropsMissing(), first));
    }
}

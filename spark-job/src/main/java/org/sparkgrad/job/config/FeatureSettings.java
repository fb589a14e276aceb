package org.sparkgrad.job.config;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The conversion of columns that are not plain numbers to features, and of labels to classes.
 *
 * @param missing the handling of missing numbers
 * @param hashFeatures the number of features that all text columns are hashed to, a power of two; null for one-hot
 *     columns
 * @param textColumns the feature columns that are taken as text whatever their cells are, by name or index
 * @param labels the conversion of labels to classes
 */
public record FeatureSettings(
        Missing missing, @Nullable Integer hashFeatures, List<String> textColumns, LabelSettings labels)
        implements Serializable {
    /** One-hot text; missing numbers are errors. */
    public static final FeatureSettings DEFAULT = new FeatureSettings(Missing.ERROR, null, List.of());

    /** The handling of missing numbers: empty cells, nulls and NaN. A missing text has no level. */
    public enum Missing {
        /** An error. */
        ERROR,
        /** The mean of the column over the training rows that have a number replaces the missing number. */
        MEAN,
        /** The row is dropped. */
        DROP
    }

    /** Copies the columns. */
    public FeatureSettings {
        textColumns = List.copyOf(textColumns);
    }

    /** Creates settings with labels in their default order. */
    public FeatureSettings(Missing missing, @Nullable Integer hashFeatures, List<String> textColumns) {
        this(missing, hashFeatures, textColumns, LabelSettings.DEFAULT);
    }

    /** Returns these settings with the given labels before all others. */
    public FeatureSettings withFirst(List<String> first) {
        return new FeatureSettings(
                missing, hashFeatures, textColumns, new LabelSettings(labels.positive(), labels.dropsMissing(), first));
    }
}

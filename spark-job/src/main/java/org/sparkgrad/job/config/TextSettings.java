package org.sparkgrad.job.config;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The syntax of text cells, without header and delimiter.
 *
 * @param quote the character around cells that contain delimiters; null for none
 * @param escape the character before a quote within a quoted cell, in addition to doubled quotes; null for none
 * @param multiline whether quoted cells may contain line breaks
 * @param decimal the character between a number's whole part and its fraction
 * @param thousands the character between groups of three digits; null for none
 * @param skipQid whether the groups of a ranking (qid:) in LIBSVM lines are ignored instead of refused
 * @param missingTexts the texts that mean a missing value in columns of any kind; null for the default texts of each
 *     kind
 */
public record TextSettings(
        @Nullable Character quote,
        @Nullable Character escape,
        Multiline multiline,
        char decimal,
        @Nullable Character thousands,
        boolean skipQid,
        @Nullable List<String> missingTexts)
        implements Serializable {
    /** RFC 4180, decimal points, and the default texts for missing values. */
    public static final TextSettings DEFAULT = new TextSettings('"', null, Multiline.AUTO, '.', null, false, null);

    /** Whether quoted cells may contain line breaks. */
    public enum Multiline {
        /** They may, unless the lines within the quotes look like rows of the file. */
        AUTO,
        /** They may. */
        TRUE,
        /** They may not. */
        FALSE
    }

    /** Copies the texts. */
    public TextSettings {
        missingTexts = missingTexts == null ? null : List.copyOf(missingTexts);
    }
}

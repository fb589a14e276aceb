package org.sparkgrad.job.config;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How cells are written as text, beside header and delimiter.
 *
 * @param quote the character around cells that hold delimiters; null is none
 * @param escape the character before a quote within a quoted cell, beside a doubled quote; null is none
 * @param multiline whether quoted cells may hold line breaks
 * @param decimal the character between a number's whole part and its fraction
 * @param thousands the character between groups of three digits; null is none
 * @param skipQid whether groups of a ranking (qid:) in LIBSVM lines are left out, or refused
 * @param missingTexts the texts that mean a missing value, in columns of any kind; null is the usual ones of each kind
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
    /** RFC 4180, decimal points, the usual texts for missing values. */
    public static final TextSettings DEFAULT = new TextSettings('"', null, Multiline.AUTO, '.', null, false, null);

    /** Whether quoted cells may hold line breaks. */
    public enum Multiline {
        /** They may, unless lines within the quotes read as rows of the file. */
        AUTO,
        /** They may. */
        TRUE,
        /** They may not. */
        FALSE
    }

    /** Keeps a copy of the texts. */
    public TextSettings {
        missingTexts = missingTexts == null ? null : List.copyOf(missingTexts);
    }
}

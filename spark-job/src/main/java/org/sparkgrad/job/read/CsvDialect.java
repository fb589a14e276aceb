package org.sparkgrad.job.read;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.config.DataSettings;
import org.sparkgrad.job.config.DataSettings.Format;
import org.sparkgrad.job.config.TextSettings;
import org.sparkgrad.job.config.TextSettings.Multiline;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.JobException;

/**
 * The syntax of delimited text.
 *
 * @param header whether the first line of each file names the columns
 * @param delimiter the character between cells; null means one or more blanks or tabs
 * @param quote the character around a quoted cell; null means none
 * @param escape the character that escapes a quote within quotes; null means none
 * @param multiline whether quoted cells may hold line breaks
 * @param plainQuotes whether a cell with wrong quotes is plain text, as in TSV, or an error
 */
record CsvDialect(
        boolean header,
        @Nullable Character delimiter,
        @Nullable Character quote,
        @Nullable Character escape,
        Multiline multiline,
        boolean plainQuotes)
        implements Serializable {
    /** Plain lines, without quotes. */
    static final CsvDialect LINES = new CsvDialect(false, null, null, null, Multiline.FALSE, true);

    /**
     * Returns the dialect of the settings; the delimiter of TSV is a tab.
     *
     * @throws JobException if one character has two meanings
     */
    static CsvDialect of(DataSettings settings) {
        boolean tsv = settings.format() == Format.TSV;
        String name = tsv || settings.delimiter().equals("\\t") ? "\t" : settings.delimiter();
        if (name.length() != 1 && !name.equals(DataSettings.BLANKS)) {
            throw new JobException(
                    ExitCode.USAGE,
                    "--delimiter: one character, \\t for a tab or blanks is expected, not \"" + name + "\".");
        }
        Character delimiter = name.length() == 1 ? name.charAt(0) : null;
        TextSettings text = settings.text();
        List<Character> special = Stream.of(delimiter, text.quote(), text.escape())
                .filter(Objects::nonNull)
                .toList();
        if (special.stream().distinct().count() < special.size()) {
            throw new JobException(
                    ExitCode.USAGE,
                    "The delimiter, the quote and the escape character are different ones, not %s: change --delimiter, --quote or --escape."
                            .formatted(special));
        }
        return new CsvDialect(settings.header(), delimiter, text.quote(), text.escape(), text.multiline(), tsv);
    }

    /** Returns whether a quoted cell may continue in the next line. */
    boolean maySpan() {
        return switch (multiline) {
            case AUTO -> !plainQuotes;
            case TRUE -> true;
            case FALSE -> false;
        };
    }

    /** Returns whether a line contains no record. */
    boolean isEmpty(String line) {
        return line.isBlank() && (delimiter == null || line.indexOf(delimiter) < 0);
    }

    /** Returns whether the first record of a block is a header. */
    boolean startsWithHeader(FileBlock block) {
        return header && block.start() == 0;
    }
}

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
 * How delimited text is written.
 *
 * @param header whether the first line of each file names the columns
 * @param delimiter the character between cells; null is one or more blanks or tabs
 * @param quote the character around a quoted cell; null is none
 * @param escape the character that makes a quote within quotes plain; null is none
 * @param multiline whether quoted cells may hold line breaks
 * @param plainQuotes whether a cell whose quotes are wrong is plain text, as in TSV, or an error
 */
record CsvDialect(
        boolean header,
        @Nullable Character delimiter,
        @Nullable Character quote,
        @Nullable Character escape,
        Multiline multiline,
        boolean plainQuotes)
        implements Serializable {
    /** Lines that no quote joins. */
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

    /** Whether a quoted cell may go on in the next line. */
    boolean maySpan() {
        return switch (multiline) {
            case AUTO -> !plainQuotes;
            case TRUE -> true;
            case FALSE -> false;
        };
    }

    /** Whether a line is no record at all. */
    boolean isEmpty(String line) {
        return line.isBlank() && (delimiter == null || line.indexOf(delimiter) < 0);
    }

    /** Whether the first record of a block is a header. */
    boolean startsWithHeader(FileBlock block) {
        return header && block.start() == 0;
    }
}

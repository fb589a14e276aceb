package org.sparkgrad.job.read;

import java.io.Serializable;
import java.util.List;
import org.sparkgrad.job.config.DataSettings;
import org.sparkgrad.job.config.DataSettings.Format;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.JobException;

/**
 * How delimited text is written.
 *
 * @param header whether the first line of each file names the columns
 * @param delimiter the character between cells
 */
record CsvDialect(boolean header, char delimiter) implements Serializable {
    /** Returns the dialect of the settings; the two characters "\t" mean a tab, which is what TSV has. */
    static CsvDialect of(DataSettings settings) {
        if (settings.format() == Format.TSV) {
            return new CsvDialect(settings.header(), '\t');
        }
        String delimiter = settings.delimiter().equals("\\t") ? "\t" : settings.delimiter();
        if (delimiter.length() != 1 || delimiter.equals("\"")) {
            throw new JobException(
                    ExitCode.USAGE, "The delimiter is one character and no quote, not \"" + delimiter + "\".");
        }
        return new CsvDialect(settings.header(), delimiter.charAt(0));
    }

    /** Whether a line is no record at all. */
    boolean isEmpty(String line) {
        return line.isBlank() && line.indexOf(delimiter) < 0;
    }

    /** Whether the first record of a block is a header. */
    boolean startsWithHeader(FileBlock block) {
        return header && block.start() == 0;
    }

    /**
     * Returns the cells of a record.
     *
     * @throws IllegalStateException if a quoted cell does not end, which the first pass has not seen
     */
    List<String> cells(FileBlock block, String line) {
        List<String> cells = CsvLine.cells(line, delimiter);
        if (cells == null) {
            throw new IllegalStateException(block + " changed while it was read: " + ReadProblems.snippet(line));
        }
        return cells;
    }
}

package org.sparkgrad.job.read;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What reading found in the files of a table.
 *
 * @param files how many files
 * @param lines their lines, headers and empty lines too; null for files that are no text
 * @param records their records, headers left out
 * @param notes what is not read as it is written, a sentence each: columns left out, a format found by looking
 * @param missingTexts the cells taken as missing, by column and then by text; an empty cell is the text ""
 */
public record ReadReport(
        int files,
        @Nullable Long lines,
        long records,
        List<String> notes,
        Map<String, Map<String, Long>> missingTexts) {
    /** Keeps copies, in order of column and text. */
    public ReadReport {
        notes = List.copyOf(notes);
        Map<String, Map<String, Long>> sorted = new TreeMap<>();
        missingTexts.forEach((column, texts) -> sorted.put(column, Collections.unmodifiableMap(new TreeMap<>(texts))));
        missingTexts = Collections.unmodifiableMap(sorted);
    }

    /** Returns the same with more notes. */
    public ReadReport with(List<String> more) {
        List<String> all = new ArrayList<>(notes);
        all.addAll(more);
        return new ReadReport(files, lines, records, all, missingTexts);
    }
}

package org.sparkgrad.job.read;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The results of reading the files of a table.
 *
 * @param files the number of files
 * @param lines the number of lines, including headers and empty lines; null for files that are not text
 * @param records the number of records without headers
 * @param notes notes about data that are not read as they are written, one sentence each, such as columns left out or a
 *     format that was detected
 * @param missingTexts the number of cells taken as missing, by column and then by text; empty cells have the text ""
 */
public record ReadReport(
        int files,
        @Nullable Long lines,
        long records,
        List<String> notes,
        Map<String, Map<String, Long>> missingTexts) {
    /** Copies the notes and texts, the texts in order of column and text. */
    public ReadReport {
        notes = List.copyOf(notes);
        Map<String, Map<String, Long>> sorted = new TreeMap<>();
        missingTexts.forEach((column, texts) -> sorted.put(column, Collections.unmodifiableMap(new TreeMap<>(texts))));
        missingTexts = Collections.unmodifiableMap(sorted);
    }

    /** Returns the same report with more notes. */
    public ReadReport with(List<String> more) {
        List<String> all = new ArrayList<>(notes);
        all.addAll(more);
        return new ReadReport(files, lines, records, all, missingTexts);
    }
}

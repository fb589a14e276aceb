package org.sparkgrad.job.read;

import java.util.Comparator;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;

/** Where the rows of text files are: a file is gone through once more when an error asks for a line of it. */
final class TextPlaces implements RowPlaces {
    private final Map<FileBlock, Long> firstRow;
    private final CsvDialect dialect;
    private final Predicate<String> isRecord;
    private final Configuration configuration;

    /**
     * @param firstRow the row number of each block's first record
     * @param dialect how the files are cut into records
     * @param isRecord whether a line or record is one; others have no number
     */
    TextPlaces(
            Map<FileBlock, Long> firstRow,
            CsvDialect dialect,
            Predicate<String> isRecord,
            Configuration configuration) {
        this.firstRow = firstRow;
        this.dialect = dialect;
        this.isRecord = isRecord;
        this.configuration = configuration;
    }

    @Override
    public String of(long row) {
        FileBlock block = firstRow.entrySet().stream()
                .filter(entry -> entry.getValue() <= row)
                .map(Map.Entry::getKey)
                .max(FileBlock.PATH_ORDER)
                .orElseThrow(() -> new IllegalArgumentException("no file has row " + row));
        long first = firstRow.entrySet().stream()
                .filter(entry -> entry.getKey().file().equals(block.file()))
                .map(Map.Entry::getValue)
                .min(Comparator.naturalOrder())
                .orElse(row);
        return block.path() + " line " + line(block.file(), row - first + (dialect.header() ? 1 : 0));
    }

    /** Returns the line, from 1, in which a record of a file starts, headers counted. */
    private long line(String file, long record) {
        long line = 1;
        long records = 0;
        try (CsvRecords all = new CsvRecords(file, dialect, configuration)) {
            while (all.hasNext()) {
                String text = CsvLines.text(all.next());
                if (isRecord.test(text) && records++ == record) {
                    return line;
                }
                line += Math.max(1, text.lines().count());
            }
        }
        return line;
    }
}

package org.sparkgrad.job.read;

import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Finds the places of rows in text files. A file is read again when an error needs a line number of the file. */
final class TextPlaces implements RowPlaces {
    private final FileRows files;
    private final CsvDialect dialect;
    private final Predicate<String> isRecord;
    private final Configuration configuration;

    /**
     * @param files the map from rows to files
     * @param dialect the syntax that splits files into records
     * @param isRecord the predicate for lines or records that have a row number
     */
    TextPlaces(FileRows files, CsvDialect dialect, Predicate<String> isRecord, Configuration configuration) {
        this.files = files;
        this.dialect = dialect;
        this.isRecord = isRecord;
        this.configuration = configuration;
    }

    @Override
    public String of(long row) {
        String file = files.file(row);
        return file + " line " + line(new Path(file), files.rowInFile(row) + (dialect.header() ? 1 : 0));
    }

    /** Returns the line, from 1, at which a record of a file starts. Headers count. */
    private long line(Path file, long record) {
        long line = 1;
        long records = 0;
        try (CsvRecords all = new CsvRecords(file.toUri().toString(), dialect, configuration)) {
            while (all.next()) {
                String text = all.text();
                if (isRecord.test(text) && records++ == record) {
                    return line;
                }
                line += Math.max(1, text.lines().count());
            }
        }
        return line;
    }
}

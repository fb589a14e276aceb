package org.sparkgrad.job.read;

import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Where the rows of text files are: a file is gone through once more when an error asks for a line of it. */
final class TextPlaces implements RowPlaces {
    private final FileRows files;
    private final CsvDialect dialect;
    private final Predicate<String> isRecord;
    private final Configuration configuration;

    /**
     * @param files which rows are in which file
     * @param dialect how the files are cut into records
     * @param isRecord whether a line or record is one; others have no number
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

    /** Returns the line, from 1, in which a record of a file starts, headers counted. */
    private long line(Path file, long record) {
        long line = 1;
        long records = 0;
        try (CsvRecords all = new CsvRecords(file.toUri().toString(), dialect, configuration)) {
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

package org.sparkgrad.job.read;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A table that was read from files. */
public final class Table {
    /**
     * The column of row numbers: 0 to N-1, by file, then by record. Files go by path, and in the order given for IDX. It
     * depends on neither cores nor splits.
     */
    public static final String ROW_NUMBER = "_rowNumber";

    private final Dataset<Row> rows;
    private final ReadReport report;
    private final FileRows files;
    private final RowPlaces places;

    /**
     * @param rows the rows; the last column is {@link #ROW_NUMBER}
     * @param report what reading found
     * @param files which rows are in which file
     * @param places where in the files each row is
     */
    Table(Dataset<Row> rows, ReadReport report, FileRows files, RowPlaces places) {
        this.rows = rows;
        this.report = report;
        this.files = files;
        this.places = places;
    }

    /** Returns the rows; the last column is {@link #ROW_NUMBER}. */
    public Dataset<Row> rows() {
        return rows;
    }

    /** Returns what reading found. */
    public ReadReport report() {
        return report;
    }

    /** Returns where in the files each row is. */
    public RowPlaces places() {
        return places;
    }

    /** Returns which rows are in which file. */
    FileRows files() {
        return files;
    }

    /** Returns the same files as other rows. */
    Table with(Dataset<Row> other, ReadReport found) {
        return new Table(other, found, files, places);
    }
}

package org.sparkgrad.job.read;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A table that was read from files. */
public final class Table {
    /**
     * The column of row numbers: 0 to N-1, by file, then by record. Files are ordered by path; IDX files keep the given
     * order. The numbers depend neither on cores nor on splits.
     */
    public static final String ROW_NUMBER = "_rowNumber";

    private final Dataset<Row> rows;
    private final ReadReport report;
    private final FileRows files;
    private final RowPlaces places;
    private final Runnable release;

    /**
     * @param rows the rows, with {@link #ROW_NUMBER} as the last column
     * @param report the results of reading
     * @param files the map from rows to files
     * @param places the map from rows to places in files
     */
    Table(Dataset<Row> rows, ReadReport report, FileRows files, RowPlaces places) {
        this(rows, report, files, places, () -> {});
    }

    /** @param release releases what is kept in memory */
    Table(Dataset<Row> rows, ReadReport report, FileRows files, RowPlaces places, Runnable release) {
        this.release = release;
        this.rows = rows;
        this.report = report;
        this.files = files;
        this.places = places;
    }

    /** Returns the rows; the last column is {@link #ROW_NUMBER}. */
    public Dataset<Row> rows() {
        return rows;
    }

    public ReadReport report() {
        return report;
    }

    public RowPlaces places() {
        return places;
    }

    /** Releases cells that are kept in memory. Reading goes on without them. */
    public void release() {
        release.run();
    }

    FileRows files() {
        return files;
    }

    /** Returns a table of the same files with other rows. */
    Table with(Dataset<Row> other, ReadReport found) {
        return new Table(other, found, files, places, release);
    }
}

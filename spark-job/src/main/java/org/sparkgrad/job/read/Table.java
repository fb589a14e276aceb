package org.sparkgrad.job.read;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A table that was read from files.
 *
 * @param rows the rows; the last column is {@link TableReader#ROW_NUMBER}
 * @param report what reading found
 * @param places where in the files each row is
 */
public record Table(Dataset<Row> rows, ReadReport report, RowPlaces places) {}

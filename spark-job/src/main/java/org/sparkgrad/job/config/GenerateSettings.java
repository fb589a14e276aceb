package org.sparkgrad.job.config;

import java.io.Serializable;

/**
 * A table to make.
 *
 * @param kind what table
 * @param rows N
 * @param features F, of a dense or sparse table
 * @param classes K, of a dense or sparse table
 * @param nonzeros numbers of a row that are not 0, of a sparse table
 * @param seed which rows
 * @param format of the files
 * @param output the folder to write
 * @param overwrite whether it may replace another
 */
public record GenerateSettings(
        Kind kind,
        long rows,
        int features,
        int classes,
        int nonzeros,
        long seed,
        Format format,
        String output,
        boolean overwrite)
        implements Serializable {
    /** Tables that can be made. */
    public enum Kind {
        /** Cats and dogs: ear shape, weight and tail length. */
        PETS,
        /** Normal features. */
        DENSE,
        /** Few features a row that are not 0. */
        SPARSE
    }

    /** Formats that can be written. */
    public enum Format {
        /** Comma-separated text with a header. */
        CSV,
        /** Text of label and index:value, indices from 1. */
        LIBSVM,
        /** Apache Parquet, with a vector of features. */
        PARQUET
    }
}

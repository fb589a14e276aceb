package org.sparkgrad.job.config;

import java.io.Serializable;

/**
 * The settings of a generated table.
 *
 * @param kind the kind of table
 * @param rows N
 * @param features F, for a dense or sparse table
 * @param classes K, for a dense or sparse table
 * @param nonzeros the number of non-zero features of a row, for a sparse table
 * @param seed the seed of the rows
 * @param format the format of the files
 * @param output the folder to write
 * @param overwrite whether an existing folder may be replaced
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
    /** The kinds of generated tables. */
    public enum Kind {
        /** Cats and dogs: ear shape, weight and tail length. */
        PETS,
        /** Normal features. */
        DENSE,
        /** Few non-zero features per row. */
        SPARSE
    }

    /** The formats of generated tables. */
    public enum Format {
        /** Comma-separated text with a header. */
        CSV,
        /** Text with label and index:value, with indices from 1. */
        LIBSVM,
        /** Apache Parquet, with a vector column of features. */
        PARQUET
    }
}

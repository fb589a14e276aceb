package org.sparkgrad.job.config;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The files to read and the roles of their columns. A column is named by its header, or by its index from 0, where -1
 * is the last column.
 *
 * @param format the format of the files
 * @param formatTold whether the user or a file's name gives the format; else the first bytes of the files may show
 *     another format
 * @param data the training files, folders or globs, in the given order
 * @param labels the label files of an IDX data set, one for each element of {@code data}; else empty
 * @param testData the held-out files, or empty
 * @param testLabels the label files of held-out IDX files, or empty
 * @param header whether the first line of a text file names the columns
 * @param delimiter the character between the cells of a text file, or {@link #BLANKS}
 * @param label the label column; null for "label" if there is such a column, else for the last column
 * @param features the feature columns; empty for every column except label, weight and ignored columns
 * @param ignoreColumns the columns that are not features
 * @param weight the column of instance weights; null for weight 1 in each row
 * @param rawBytes whether IDX bytes stay 0..255 instead of 0..1
 * @param indexBase the index of the first feature in LIBSVM files, 0 or 1
 * @param dense whether zeros are stored in memory
 * @param preparation the conversion of columns that are not plain numbers
 * @param text the syntax of the cells of a text file
 */
public record DataSettings(
        Format format,
        boolean formatTold,
        List<String> data,
        List<String> labels,
        List<String> testData,
        List<String> testLabels,
        boolean header,
        String delimiter,
        @Nullable String label,
        List<String> features,
        List<String> ignoreColumns,
        @Nullable String weight,
        boolean rawBytes,
        int indexBase,
        Dense dense,
        FeatureSettings preparation,
        TextSettings text)
        implements Serializable {
    /** A delimiter of one or more blanks and tabs. */
    public static final String BLANKS = "blanks";

    /** File formats. */
    public enum Format {
        /** Text of cells between delimiters, commas by default. */
        CSV,
        /** Text of cells between tabs. */
        TSV,
        /** Text with a label and the non-zero features as index:value. */
        LIBSVM,
        /** Apache Parquet. */
        PARQUET,
        /** The IDX format of the MNIST files, gzip or plain. */
        IDX
    }

    /** Whether zeros are stored in memory. */
    public enum Dense {
        /** The data decide. */
        AUTO,
        /** Zeros are stored. */
        TRUE,
        /** Zeros are not stored. */
        FALSE
    }

    /** Returns these settings with the detected format. */
    public DataSettings withFormat(Format told) {
        return new DataSettings(
                told,
                true,
                data,
                labels,
                testData,
                testLabels,
                header,
                delimiter,
                label,
                features,
                ignoreColumns,
                weight,
                rawBytes,
                indexBase,
                dense,
                preparation,
                text);
    }

    /** Returns these settings for the held-out files. */
    public DataSettings forTest() {
        return new DataSettings(
                format,
                formatTold,
                testData,
                testLabels,
                List.of(),
                List.of(),
                header,
                delimiter,
                label,
                features,
                ignoreColumns,
                weight,
                rawBytes,
                indexBase,
                dense,
                preparation,
                text);
    }

    /** Returns these settings with the given labels before all others. */
    public DataSettings withFirstLabels(List<String> first) {
        return new DataSettings(
                format,
                formatTold,
                data,
                labels,
                testData,
                testLabels,
                header,
                delimiter,
                label,
                features,
                ignoreColumns,
                weight,
                rawBytes,
                indexBase,
                dense,
                preparation.withFirst(first),
                text);
    }
}

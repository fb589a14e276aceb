package org.sparkgrad.job.config;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to read and which columns mean what. A column is named by its header, or by its index from 0, where -1 is the
 * last.
 *
 * @param format the files' format
 * @param formatTold whether the user or the name of a file has told it; else the first bytes of the files may tell another
 * @param data training files, folders or globs, in the order given
 * @param labels label files of an IDX data set, one for each of {@code data}; else empty
 * @param testData held-out files, or empty
 * @param testLabels label files of held-out IDX files, or empty
 * @param header whether the first line of a text file names the columns
 * @param delimiter the character between the cells of a text file, or {@link #BLANKS}
 * @param label the label column; null is "label" where there is such a column, else the last one
 * @param features the feature columns; empty is every column but label, weight and ignored ones
 * @param ignoreColumns columns that are no features
 * @param weight the column of instance weights; null is weight 1 for each row
 * @param rawBytes whether IDX bytes stay 0..255 rather than 0..1
 * @param indexBase the index of the first feature in LIBSVM files, 0 or 1
 * @param dense whether zeros are held in memory
 * @param preparation how columns that are no plain numbers become features
 * @param text how the cells of a text file are written
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
        /** Text of a label and the features that are not zero, as index:value. */
        LIBSVM,
        /** Apache Parquet. */
        PARQUET,
        /** The IDX format of the MNIST files, gzip or plain. */
        IDX
    }

    /** Whether zeros are held in memory. */
    public enum Dense {
        /** As the data are. */
        AUTO,
        /** They are. */
        TRUE,
        /** They are not. */
        FALSE
    }

    /** Returns the same in a format that is told. */
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

    /** Returns the same columns and format over the held-out files. */
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

    /** Returns the same columns and files with these labels before all others. */
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

package org.sparkgrad.job.read;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.config.DataSettings;
import org.sparkgrad.job.config.DataSettings.Dense;
import org.sparkgrad.job.config.DataSettings.Format;
import org.sparkgrad.job.config.FeatureSettings;
import org.sparkgrad.job.config.FeatureSettings.Missing;
import org.sparkgrad.job.config.TextSettings;

/** Data settings of tests: defaults but for what a test is about. */
public final class TestSettings {
    private TestSettings() {}

    /** Returns CSV files. */
    public static DataSettings csv(boolean header, Path... data) {
        return csv(header, ",", data);
    }

    /** Returns CSV files with a delimiter. */
    public static DataSettings csv(boolean header, String delimiter, Path... data) {
        return new DataSettings(
                Format.CSV,
                true,
                strings(data),
                List.of(),
                List.of(),
                List.of(),
                header,
                delimiter,
                null,
                List.of(),
                List.of(),
                null,
                false,
                1,
                Dense.AUTO,
                FeatureSettings.DEFAULT,
                TextSettings.DEFAULT);
    }

    /** Returns Parquet files. */
    public static DataSettings parquet(Path... data) {
        return new DataSettings(
                Format.PARQUET,
                true,
                strings(data),
                List.of(),
                List.of(),
                List.of(),
                false,
                ",",
                null,
                List.of(),
                List.of(),
                null,
                false,
                1,
                Dense.AUTO,
                FeatureSettings.DEFAULT,
                TextSettings.DEFAULT);
    }

    /** Returns IDX files. */
    public static DataSettings idx(List<Path> data, List<Path> labels, boolean rawBytes) {
        return new DataSettings(
                Format.IDX,
                true,
                strings(data.toArray(Path[]::new)),
                strings(labels.toArray(Path[]::new)),
                List.of(),
                List.of(),
                false,
                ",",
                null,
                List.of(),
                List.of(),
                null,
                rawBytes,
                1,
                Dense.AUTO,
                FeatureSettings.DEFAULT,
                TextSettings.DEFAULT);
    }

    /** Returns the settings with these columns. */
    public static DataSettings columns(
            DataSettings of,
            @Nullable String label,
            List<String> features,
            List<String> ignored,
            @Nullable String weight) {
        return new DataSettings(
                of.format(),
                true,
                of.data(),
                of.labels(),
                of.testData(),
                of.testLabels(),
                of.header(),
                of.delimiter(),
                label,
                features,
                ignored,
                weight,
                of.rawBytes(),
                of.indexBase(),
                of.dense(),
                of.preparation(),
                of.text());
    }

    /** Returns files of a text format that needs no more settings. */
    public static DataSettings text(Format format, int indexBase, Path... data) {
        return new DataSettings(
                format,
                true,
                strings(data),
                List.of(),
                List.of(),
                List.of(),
                false,
                ",",
                null,
                List.of(),
                List.of(),
                null,
                false,
                indexBase,
                Dense.AUTO,
                FeatureSettings.DEFAULT,
                TextSettings.DEFAULT);
    }

    /** Returns the settings with another preparation of the features. */
    public static DataSettings prepared(DataSettings of, Missing missing, @Nullable Integer hash, String... texts) {
        return new DataSettings(
                of.format(),
                true,
                of.data(),
                of.labels(),
                of.testData(),
                of.testLabels(),
                of.header(),
                of.delimiter(),
                of.label(),
                of.features(),
                of.ignoreColumns(),
                of.weight(),
                of.rawBytes(),
                of.indexBase(),
                of.dense(),
                new FeatureSettings(missing, hash, List.of(texts)),
                of.text());
    }

    private static List<String> strings(Path... paths) {
        return Stream.of(paths).map(Path::toString).toList();
    }
}

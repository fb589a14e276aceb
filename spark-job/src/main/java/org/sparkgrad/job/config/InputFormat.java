package org.sparkgrad.job.config;

import java.util.regex.Pattern;
import org.sparkgrad.job.config.DataSettings.Format;

/** Finds the format of the data files: the given format, or the format that the name of the first file shows. */
final class InputFormat {
    private static final Pattern CSV_NAME = Pattern.compile("\\.csv(\\.\\w+)?$");
    private static final Pattern IDX_NAME = Pattern.compile("idx\\d-ubyte");
    private static final String PACKED = ".gz";

    private InputFormat() {}

    /** Returns the format; CSV if neither the key nor the name gives a format. */
    static Format of(ParsedValues values) {
        Format format = values.find(DataKeys.FORMAT);
        if (format != null) {
            return format;
        }
        String name = firstName(values);
        String unpacked = name.endsWith(PACKED) ? name.substring(0, name.length() - PACKED.length()) : name;
        if (name.endsWith(".parquet")) {
            return Format.PARQUET;
        }
        if (unpacked.endsWith(".tsv")) {
            return Format.TSV;
        }
        if (unpacked.endsWith(".libsvm") || unpacked.endsWith(".svm")) {
            return Format.LIBSVM;
        }
        return IDX_NAME.matcher(name).find() ? Format.IDX : Format.CSV;
    }

    /** Returns whether the key or the name gives a format. */
    static boolean isTold(ParsedValues values) {
        return values.find(DataKeys.FORMAT) != null
                || of(values) != Format.CSV
                || CSV_NAME.matcher(firstName(values)).find();
    }

    private static String firstName(ParsedValues values) {
        return values.get(DataKeys.DATA_FILES).stream().findFirst().orElse("");
    }
}

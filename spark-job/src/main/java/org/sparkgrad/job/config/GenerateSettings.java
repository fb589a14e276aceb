package org.sparkgrad.job.config;

import java.io.Serializable;
import java.util.List;

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
    private static final int MOST_COLUMNS = 20_000;

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

    /**
     * Reads the options of a generate command.
     *
     * @throws org.sparkgrad.job.problem.JobException with a line for each problem
     */
    public static GenerateSettings read(List<String> arguments) {
        Problems problems = new Problems();
        Values values = CommandLine.read(GenerateKeys.TABLE, arguments, problems);
        Kind kind = values.get(GenerateKeys.KIND);
        Format wanted = values.find(GenerateKeys.FORMAT);
        Format format = wanted != null ? wanted : kind == Kind.SPARSE ? Format.LIBSVM : Format.CSV;
        String output = values.find(GenerateKeys.OUTPUT_FOLDER);
        if (output == null) {
            problems.add("--output: the folder to write is missing (command line)");
        }
        checkEffect(values, kind, problems);
        int features = values.get(GenerateKeys.FEATURES);
        int nonzeros = values.get(GenerateKeys.NONZEROS);
        if (kind == Kind.SPARSE && nonzeros > features) {
            problems.add("--nonzeros %d: must be at most the %d of --features".formatted(nonzeros, features));
        }
        if (format == Format.CSV && features > MOST_COLUMNS) {
            problems.add("--format csv: is for at most %d features; choose libsvm or parquet".formatted(MOST_COLUMNS));
        }
        problems.throwIfAny();
        return new GenerateSettings(
                kind,
                values.get(GenerateKeys.ROWS),
                features,
                values.get(GenerateKeys.CLASSES),
                nonzeros,
                values.get(GenerateKeys.SEED),
                format,
                String.valueOf(output),
                values.get(GenerateKeys.OVERWRITE));
    }

    private static void checkEffect(Values values, Kind kind, Problems problems) {
        if (kind == Kind.PETS) {
            for (Key<?> key :
                    List.of(GenerateKeys.FEATURES, GenerateKeys.CLASSES, GenerateKeys.NONZEROS, GenerateKeys.FORMAT)) {
                refuseIfChanged(values, key, "pets are always csv with three features and two classes", problems);
            }
        } else if (kind == Kind.DENSE) {
            refuseIfChanged(values, GenerateKeys.NONZEROS, "is for --kind sparse", problems);
        }
    }

    private static void refuseIfChanged(Values values, Key<?> key, String reason, Problems problems) {
        Object value = values.find(key);
        if (values.changed(key) && value != null && value != Format.CSV) {
            problems.add(key, List.of(ValueTypes.written(value)), values.origin(key), reason);
        }
    }
}

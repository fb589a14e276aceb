package org.sparkgrad.job.config;

import java.util.List;
import org.sparkgrad.job.config.GenerateSettings.Format;
import org.sparkgrad.job.config.GenerateSettings.Kind;

/** Reads and checks the options of a generate command. */
public final class GenerateConfiguration {
    private static final int MOST_COLUMNS = 20_000;

    private GenerateConfiguration() {}

    /**
     * Parses the options of a generate command.
     *
     * @throws org.sparkgrad.job.problem.JobException with a line for each problem
     */
    public static GenerateSettings read(List<String> arguments) {
        Problems problems = new Problems();
        ParsedValues values = CommandLine.read(GenerateKeys.TABLE, arguments, problems);
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

    private static void checkEffect(ParsedValues values, Kind kind, Problems problems) {
        if (kind == Kind.PETS) {
            for (Key<?> key :
                    List.of(GenerateKeys.FEATURES, GenerateKeys.CLASSES, GenerateKeys.NONZEROS, GenerateKeys.FORMAT)) {
                refuseIfChanged(values, key, "pets are always csv with three features and two classes", problems);
            }
        } else if (kind == Kind.DENSE) {
            refuseIfChanged(values, GenerateKeys.NONZEROS, "is for --kind sparse", problems);
        }
    }

    private static void refuseIfChanged(ParsedValues values, Key<?> key, String reason, Problems problems) {
        Object value = values.find(key);
        if (values.changed(key) && value != null && value != Format.CSV) {
            problems.add(key, List.of(ValueTypes.written(value)), values.origin(key), reason);
        }
    }
}

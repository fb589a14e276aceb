package org.sparkgrad.job.config;

import java.util.List;

/**
 * What an export was told.
 *
 * @param model the folder of the model
 * @param output the file to write, and whether an existing one is replaced
 */
public record ExportSettings(String model, OutputSettings output) {
    private static final Key<String> FILE = new Key<>(
            KeyGroup.OUTPUT,
            "output",
            ValueTypes.text("PATH"),
            null,
            "The zip file that the network appears in, once it is whole; required.");

    /** The options of the export command. */
    public static final KeyTable OPTIONS =
            KeyTable.of(ScoreKeys.MODEL, FILE, ScoreKeys.OVERWRITE).and(GeneralKeys.TABLE);

    /**
     * Reads the options of an export command.
     *
     * @throws org.sparkgrad.job.problem.JobException with a line for each problem
     */
    public static ExportSettings read(List<String> arguments) {
        Problems problems = new Problems();
        Values values = CommandLine.read(OPTIONS, arguments, problems);
        for (Key<String> key : List.of(ScoreKeys.MODEL, FILE)) {
            if (values.find(key) == null) {
                problems.add(key.option() + ": missing; name the "
                        + (key.equals(FILE) ? "file to write" : "folder of the model"));
            }
        }
        problems.throwIfAny();
        return new ExportSettings(
                values.get(ScoreKeys.MODEL), new OutputSettings(values.get(FILE), values.get(ScoreKeys.OVERWRITE)));
    }
}

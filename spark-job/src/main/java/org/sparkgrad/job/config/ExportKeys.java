package org.sparkgrad.job.config;

import java.util.List;

/** The options of the export command. */
public final class ExportKeys {
    static final Key<String> RUN = new Key<>(
            KeyGroup.MODEL,
            "model",
            ValueTypes.text("PATH"),
            null,
            "The folder of a training run, OUTPUT, whose model.json is exported; required.");
    static final Key<ModelFormat> FORMAT = new Key<>(
            KeyGroup.OUTPUT,
            "format",
            ValueTypes.choice(ModelFormat.class),
            ModelFormat.ONNX,
            "What to write: onnx is a model for any ONNX runtime, with an input for each column.");
    static final Key<String> FILE =
            new Key<>(KeyGroup.OUTPUT, "output", ValueTypes.text("FILE"), null, "The file to write; required.");

    /** The options of the command line. */
    public static final KeyTable COMMAND_LINE =
            KeyTable.of(RUN, FORMAT, FILE, ScoreKeys.OVERWRITE).and(GeneralKeys.TABLE);

    private ExportKeys() {}

    /** What a model can be exported as. */
    public enum ModelFormat {
        /** Open Neural Network Exchange. */
        ONNX
    }

    /**
     * What an export was told.
     *
     * @param model the folder of the run
     * @param format what to write
     * @param output the file, and whether one may be replaced
     */
    public record Export(String model, ModelFormat format, OutputSettings output) {}

    /**
     * Reads the arguments.
     *
     * @throws org.sparkgrad.job.problem.JobException with a line for each problem
     */
    public static Export read(List<String> arguments) {
        Problems problems = new Problems();
        Values values = CommandLine.read(COMMAND_LINE, arguments, problems);
        for (Key<String> key : List.of(RUN, FILE)) {
            if (values.find(key) == null) {
                problems.add(key.option() + ": missing; sparkgrad export --model OUTPUT --output FILE");
            }
        }
        problems.throwIfAny();
        return new Export(
                values.get(RUN),
                values.get(FORMAT),
                new OutputSettings(values.get(FILE), values.get(ScoreKeys.OVERWRITE)));
    }
}

package org.sparkgrad.job.config;

import java.util.List;

/**
 * The settings of an export.
 *
 * @param model the folder of the model
 * @param format the format to write
 * @param output the file to write, and whether it may replace an existing file
 */
public record ExportSettings(String model, ModelFormat format, OutputSettings output) {
    private static final Key<ModelFormat> FORMAT = new Key<>(
            KeyGroup.OUTPUT,
            "format",
            ValueTypes.choice(ModelFormat.class),
            null,
            "What to write: onnx is an ONNX model with an input for each column, made of the model.json beside the model"
                    + " (where text is hashed it calls onnxruntime's MurmurHash3, which other runtimes may lack); dl4j is"
                    + " a network of Deeplearning4j's, a zip file. When not given, a file .onnx is onnx, and all else is"
                    + " dl4j.");
    private static final Key<String> FILE = new Key<>(
            KeyGroup.OUTPUT,
            "output",
            ValueTypes.text("PATH"),
            null,
            "The file that the model appears in, once it is whole; required.");

    /** The options of the export command. */
    public static final KeyTable OPTIONS =
            KeyTable.of(ScoreKeys.MODEL, FORMAT, FILE, ScoreKeys.OVERWRITE).and(GeneralKeys.TABLE);

    /** The formats of an export. */
    public enum ModelFormat {
        /** Open Neural Network Exchange. */
        ONNX,
        /** The network format of Deeplearning4j. */
        DL4J
    }

    /**
     * Parses the options of an export command.
     *
     * @throws org.sparkgrad.job.problem.JobException with a line for each problem
     */
    public static ExportSettings read(List<String> arguments) {
        Problems problems = new Problems();
        ParsedValues values = CommandLine.read(OPTIONS, arguments, problems);
        for (Key<String> key : List.of(ScoreKeys.MODEL, FILE)) {
            if (values.find(key) == null) {
                problems.add(key.option() + ": missing; name the "
                        + (key.equals(FILE) ? "file to write" : "folder of the model"));
            }
        }
        problems.throwIfAny();
        String file = values.get(FILE);
        ModelFormat format = values.find(FORMAT);
        ModelFormat named = file.endsWith(".onnx") ? ModelFormat.ONNX : ModelFormat.DL4J;
        return new ExportSettings(
                values.get(ScoreKeys.MODEL),
                format == null ? named : format,
                new OutputSettings(file, values.get(ScoreKeys.OVERWRITE)));
    }
}

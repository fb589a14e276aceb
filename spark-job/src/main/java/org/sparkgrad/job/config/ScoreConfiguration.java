package org.sparkgrad.job.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The checked settings of an evaluation or a prediction, and the values to record.
 *
 * @param model the folder of the model
 * @param data the data to read; the settings have no test files
 * @param output the destination of the result; null for none
 * @param config every key that has a value, in the order of the table, with the value used
 */
public record ScoreConfiguration(
        String model, DataSettings data, @Nullable OutputSettings output, Map<String, Object> config) {
    /** Copies the map, keeping its order. */
    public ScoreConfiguration {
        config = Collections.unmodifiableMap(new LinkedHashMap<>(config));
    }

    /**
     * Reads the options of an evaluate command and its optional configuration file.
     *
     * @throws org.sparkgrad.job.problem.JobException with a line for each problem
     */
    public static ScoreConfiguration evaluate(List<String> arguments) {
        return read(arguments, ScoreKeys.EVALUATE, ScoreKeys.EVALUATE_FILE, ScoreKeys.METRICS_FOLDER, false);
    }

    /**
     * Reads the options of a predict command, whose output is required, and its optional configuration file.
     *
     * @throws org.sparkgrad.job.problem.JobException with a line for each problem
     */
    public static ScoreConfiguration predict(List<String> arguments) {
        return read(arguments, ScoreKeys.PREDICT, ScoreKeys.PREDICT_FILE, ScoreKeys.PREDICTIONS_FOLDER, true);
    }

    private static ScoreConfiguration read(
            List<String> arguments, KeyTable options, KeyTable file, Key<String> output, boolean needsOutput) {
        Problems problems = new Problems();
        ParsedValues given = CommandLine.read(options, arguments, problems);
        String path = given.find(TrainKeys.CONFIG);
        ParsedValues values = path == null ? new ParsedValues() : ConfigFile.read(path, file, problems);
        values.override(given);
        require(values.find(ScoreKeys.MODEL) != null, ScoreKeys.MODEL, "name the folder of the model", problems);
        require(!values.get(DataKeys.DATA_FILES).isEmpty(), DataKeys.DATA_FILES, "name the files to read", problems);
        String folder = values.find(output);
        require(folder != null || !needsOutput, output, "name the folder for the predictions", problems);
        problems.throwIfAny();
        return new ScoreConfiguration(
                values.get(ScoreKeys.MODEL),
                TrainConfiguration.data(values),
                folder == null ? null : new OutputSettings(folder, values.get(ScoreKeys.OVERWRITE)),
                TrainConfiguration.config(file, values));
    }

    private static void require(boolean given, Key<?> key, String remedy, Problems problems) {
        if (!given) {
            problems.add("%s: missing; %s, by option or in a file given with %s"
                    .formatted(key.option(), remedy, TrainKeys.CONFIG.option()));
        }
    }
}

package org.sparkgrad.job.config;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The checked settings of a scheduled run, and the values to record. */
public final class ScheduledConfiguration {
    private final ParsedValues values;
    private final RegistrySettings registry;

    private ScheduledConfiguration(ParsedValues values, RegistrySettings registry) {
        this.values = values;
        this.registry = registry;
    }

    /**
     * Reads the options of a scheduled command and its optional configuration file.
     *
     * @throws org.sparkgrad.job.problem.JobException with a line for each problem
     */
    public static ScheduledConfiguration read(List<String> arguments) {
        Problems problems = new Problems();
        ParsedValues options = CommandLine.read(ScheduledKeys.COMMAND_LINE, arguments, problems);
        String file = options.find(TrainKeys.CONFIG);
        ParsedValues values = file == null ? new ParsedValues() : ConfigFile.read(file, ScheduledKeys.FILE, problems);
        values.override(options);
        if (values.find(ScheduledKeys.RUN_ID) == null) {
            values.set(ScheduledKeys.RUN_ID, LocalDate.now(ZoneOffset.UTC).toString());
        }
        for (Key<List<String>> paths :
                List.of(DataKeys.DATA_FILES, DataKeys.LABELS, DataKeys.TEST_DATA, DataKeys.TEST_LABELS)) {
            fill(paths, values, problems);
        }
        check(values, problems);
        // A placeholder for the checks; the registry chooses the folder.
        values.set(
                TrainKeys.OUTPUT_FOLDER,
                values.find(ScheduledKeys.REGISTRY_FOLDER) + "/models/" + values.get(ScheduledKeys.NAME)
                        + "/candidates");
        new TrainChecks(values, problems).check();
        values.set(TrainKeys.OUTPUT_FOLDER, null);
        problems.throwIfAny();
        return new ScheduledConfiguration(values, registry(values));
    }

    private static void fill(Key<List<String>> key, ParsedValues values, Problems problems) {
        RunTemplate template = new RunTemplate(values.get(ScheduledKeys.RUN_ID));
        try {
            values.set(key, values.get(key).stream().map(template::fill).toList());
        } catch (IllegalArgumentException wrong) {
            problems.add(key, values.get(key), values.origin(key), String.valueOf(wrong.getMessage()));
        }
    }

    private static void check(ParsedValues values, Problems problems) {
        if (values.find(ScheduledKeys.REGISTRY_FOLDER) == null) {
            problems.add("%s: missing; name the folder of the registry, by option or in a file given with %s"
                    .formatted(ScheduledKeys.REGISTRY_FOLDER.option(), TrainKeys.CONFIG.option()));
        }
        if (values.get(DataKeys.TEST_DATA).isEmpty() && values.get(TrainKeys.VALIDATION_FRACTION) == 0) {
            problems.add("%s: missing; a run is judged on held-out rows: give their share, or files as %s"
                    .formatted(TrainKeys.VALIDATION_FRACTION.option(), DataKeys.TEST_DATA.option()));
        }
        if (values.find(ScheduledKeys.GENERATE_ROWS) != null
                && values.get(DataKeys.DATA_FILES).size() != 1) {
            problems.add(
                    ScheduledKeys.GENERATE_ROWS,
                    List.of(),
                    values.origin(ScheduledKeys.GENERATE_ROWS),
                    "needs one path of data, where the rows are written");
        }
    }

    private static RegistrySettings registry(ParsedValues values) {
        return new RegistrySettings(
                values.get(ScheduledKeys.REGISTRY_FOLDER),
                values.get(ScheduledKeys.NAME),
                values.get(ScheduledKeys.RUN_ID),
                values.get(ScheduledKeys.RERUN),
                values.get(ScheduledKeys.WARM_START),
                values.get(ScheduledKeys.KEEP_VERSIONS),
                values.find(ScheduledKeys.KEEP_DAYS),
                Duration.ofSeconds(values.get(ScheduledKeys.LOCK_SECONDS)),
                values.find(ScheduledKeys.GENERATE_ROWS));
    }

    /** Returns the settings of the registry. */
    public RegistrySettings registry() {
        return registry;
    }

    /** Returns the settings of the gate. */
    public GateSettings gate() {
        return new GateSettings(
                values.get(ScheduledKeys.MINIMUM_ROWS),
                values.get(ScheduledKeys.LOG_LOSS_MARGIN),
                values.get(ScheduledKeys.AUC_MARGIN),
                values.get(ScheduledKeys.LABEL_SHARE_DRIFT),
                values.get(ScheduledKeys.FEATURE_MEAN_DRIFT),
                values.get(ScheduledKeys.FEATURE_DEVIATION_RATIO),
                new DriftLimits(
                        values.get(ScheduledKeys.WARN_PSI),
                        values.get(ScheduledKeys.REFUSE_PSI),
                        values.get(ScheduledKeys.WARN_KS),
                        values.get(ScheduledKeys.REFUSE_KS),
                        values.get(ScheduledKeys.REFUSE_SCORE_PSI),
                        values.get(ScheduledKeys.REFUSE_SCORE_KS),
                        values.get(ScheduledKeys.WARN_FALL),
                        values.get(ScheduledKeys.REFUSE_FALL)));
    }

    /**
     * Returns the settings of the run's training.
     *
     * @param output the folder of the training's result
     * @param initialModel the model to start from; null for the start of the key init
     */
    public TrainConfiguration training(String output, @Nullable String initialModel) {
        ParsedValues own = new ParsedValues();
        own.override(values);
        own.set(TrainKeys.OUTPUT_FOLDER, output);
        own.set(TrainKeys.OVERWRITE, true);
        own.set(CheckpointKeys.RESUME, true); // resumes if there is a checkpoint
        own.set(TrainKeys.INITIAL_MODEL, initialModel);
        return new TrainConfiguration(
                TrainConfiguration.settings(own), TrainConfiguration.config(TrainKeys.FILE, own), false);
    }

    /** Returns every key that has a value, in the order of the table, with the value used. */
    public Map<String, Object> config() {
        return TrainConfiguration.config(ScheduledKeys.FILE, values);
    }
}

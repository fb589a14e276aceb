package org.sparkgrad.job.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.config.LabelSettings.MissingLabel;
import org.sparkgrad.job.config.ModelSettings.LossKind;

/**
 * The checked settings of a training run, and the values to record.
 *
 * @param settings the checked settings
 * @param config every key that has a value, in the order of the table, with the value used
 * @param dryRun whether the data are read but nothing is trained
 */
public record TrainConfiguration(TrainSettings settings, Map<String, Object> config, boolean dryRun) {
    /** Copies the map, keeping its order. */
    public TrainConfiguration {
        config = Collections.unmodifiableMap(new LinkedHashMap<>(config));
    }

    /**
     * Reads the options of a training command and its optional configuration file.
     *
     * @throws org.sparkgrad.job.problem.JobException with a line for each problem
     */
    public static TrainConfiguration read(List<String> arguments) {
        Problems problems = new Problems();
        ParsedValues options = CommandLine.read(TrainKeys.COMMAND_LINE, arguments, problems);
        String file = options.find(TrainKeys.CONFIG);
        ParsedValues values = file == null ? new ParsedValues() : ConfigFile.read(file, TrainKeys.FILE, problems);
        values.override(options);
        new TrainChecks(values, problems).check();
        problems.throwIfAny();
        return new TrainConfiguration(settings(values), config(TrainKeys.FILE, values), values.get(TrainKeys.DRY_RUN));
    }

    /** Returns the checked settings of any command that has their keys. */
    static TrainSettings settings(ParsedValues values) {
        return new TrainSettings(data(values), model(values), optimizer(values), engine(values), output(values));
    }

    /** Returns the data settings of any command that has their keys. */
    static DataSettings data(ParsedValues values) {
        return new DataSettings(
                InputFormat.of(values),
                InputFormat.isTold(values),
                values.get(DataKeys.DATA_FILES),
                values.get(DataKeys.LABELS),
                values.get(DataKeys.TEST_DATA),
                values.get(DataKeys.TEST_LABELS),
                values.get(DataKeys.HEADER),
                values.get(DataKeys.DELIMITER),
                values.find(DataKeys.LABEL),
                values.get(DataKeys.FEATURES),
                values.get(DataKeys.IGNORE_COLUMNS),
                values.find(DataKeys.WEIGHT),
                values.get(DataKeys.RAW_BYTES),
                values.get(DataKeys.INDEX_BASE),
                values.get(DataKeys.DENSE),
                new FeatureSettings(
                        values.get(DataKeys.MISSING),
                        values.find(DataKeys.HASH_FEATURES),
                        values.get(DataKeys.TEXT_COLUMNS),
                        new LabelSettings(
                                values.find(DataKeys.POSITIVE_LABEL),
                                values.get(DataKeys.MISSING_LABEL) == MissingLabel.DROP,
                                List.of())),
                new TextSettings(
                        character(values.find(DataKeys.QUOTE)),
                        character(values.find(DataKeys.ESCAPE)),
                        values.get(DataKeys.MULTILINE),
                        values.get(DataKeys.DECIMAL).charAt(0),
                        character(values.find(DataKeys.THOUSANDS)),
                        values.get(DataKeys.SKIP_QID),
                        values.find(DataKeys.MISSING_TEXTS)));
    }

    private static @Nullable Character character(@Nullable String text) {
        return text == null || text.equals(ValueTypes.NONE) ? null : text.charAt(0);
    }

    private static ModelSettings model(ParsedValues values) {
        return new ModelSettings(
                loss(values),
                values.get(TrainKeys.REG_PARAM),
                values.get(TrainKeys.ELASTIC_NET_PARAM),
                values.get(TrainKeys.FIT_INTERCEPT),
                values.get(TrainKeys.STANDARDIZATION),
                values.get(TrainKeys.CLASS_WEIGHT));
    }

    private static LossKind loss(ParsedValues values) {
        LossKind loss = values.get(TrainKeys.LOSS);
        return loss == LossKind.AUTO ? values.get(TrainKeys.FAMILY).loss() : loss;
    }

    private static OptimizerSettings optimizer(ParsedValues values) {
        return new OptimizerSettings(
                values.get(TrainKeys.OPTIMIZER_METHOD),
                values.find(TrainKeys.LEARNING_RATE),
                schedule(values),
                values.find(TrainKeys.BATCH_SIZE),
                values.get(TrainKeys.EPOCHS),
                values.get(TrainKeys.MAX_ITER),
                values.get(TrainKeys.TOL),
                values.find(TrainKeys.MAX_SECONDS),
                values.get(TrainKeys.INIT),
                values.find(TrainKeys.INITIAL_MODEL),
                new ValidationSettings(values.get(TrainKeys.VALIDATION_FRACTION), values.find(TrainKeys.PATIENCE)),
                values.get(TrainKeys.SEED));
    }

    private static ScheduleSettings schedule(ParsedValues values) {
        return new ScheduleSettings(
                values.get(ScheduleKeys.KIND),
                values.get(ScheduleKeys.DECAY),
                values.get(ScheduleKeys.STEPS),
                values.get(ScheduleKeys.POWER),
                values.get(ScheduleKeys.WARMUP_STEPS));
    }

    private static EngineSettings engine(ParsedValues values) {
        return new EngineSettings(
                values.get(TrainKeys.ENGINE_CHOICE),
                values.get(TrainKeys.PRECISION),
                values.get(TrainKeys.DEVICES),
                values.get(TrainKeys.DEVICE_MEMORY_FRACTION),
                values.get(TrainKeys.OPENCL_RUNTIME),
                values.find(TrainKeys.SHARDS),
                values.get(TrainKeys.EXCHANGE));
    }

    private static @Nullable OutputSettings output(ParsedValues values) {
        String folder = values.find(TrainKeys.OUTPUT_FOLDER);
        CheckpointSettings checkpoints = new CheckpointSettings(
                values.find(CheckpointKeys.STEPS),
                values.get(CheckpointKeys.SECONDS),
                values.get(CheckpointKeys.RESUME));
        return folder == null ? null : new OutputSettings(folder, values.get(TrainKeys.OVERWRITE), checkpoints);
    }

    /** Returns the keys of a table that have a value, in the order of the table, with their values as recorded. */
    static Map<String, Object> config(KeyTable table, ParsedValues values) {
        Map<String, Object> config = new LinkedHashMap<>();
        for (Key<?> key : table.keys()) {
            Object value = key.equals(DataKeys.FORMAT) && InputFormat.isTold(values)
                    ? InputFormat.of(values)
                    : values.find(key);
            if (value != null) {
                config.put(key.name(), value instanceof Enum<?> ? ValueTypes.written(value) : value);
            }
        }
        return config;
    }
}

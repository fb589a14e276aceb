package org.sparkgrad.job.config;

import java.util.List;

/** The options of the evaluate and predict commands: a model, and the data keys of training. */
public final class ScoreKeys {
    static final Key<String> MODEL = new Key<>(
            KeyGroup.MODEL,
            "model",
            ValueTypes.text("PATH"),
            null,
            "The folder of the model: OUTPUT/model of a training run, or another LogisticRegressionModel or PipelineModel"
                    + " that Spark has saved; required.");
    static final Key<String> METRICS_FOLDER = new Key<>(
            KeyGroup.OUTPUT,
            "output",
            ValueTypes.text("PATH"),
            null,
            "The folder that summary.json with the metrics appears in; when not given, they are printed only.");
    static final Key<String> PREDICTIONS_FOLDER = new Key<>(
            KeyGroup.OUTPUT,
            "output",
            ValueTypes.text("PATH"),
            null,
            "The folder that the predictions appear in: the rows in their order, with the columns of the data, prediction"
                    + " and probability_LABEL for each label, with an underscore before a name that the data have; csv or tsv with"
                    + " a header for csv or tsv, else parquet; required.");
    static final Key<Boolean> OVERWRITE = new Key<>(
            KeyGroup.OUTPUT,
            "overwrite",
            ValueTypes.flag(),
            false,
            "Whether an existing output is replaced, once the new one is whole.");

    private static final List<Key<?>> OF_TRAINING_ONLY = List.of(
            DataKeys.TEST_DATA,
            DataKeys.TEST_LABELS,
            DataKeys.TEXT_COLUMNS,
            DataKeys.HASH_FEATURES,
            DataKeys.MISSING,
            DataKeys.POSITIVE_LABEL);

    /** The keys of an evaluation's configuration file. */
    public static final KeyTable EVALUATE_FILE = file(METRICS_FOLDER);

    /** The options of the evaluate command. */
    public static final KeyTable EVALUATE = commandLine(EVALUATE_FILE);

    /** The keys of a prediction's configuration file. */
    public static final KeyTable PREDICT_FILE = file(PREDICTIONS_FOLDER);

    /** The options of the predict command. */
    public static final KeyTable PREDICT = commandLine(PREDICT_FILE);

    private ScoreKeys() {}

    private static KeyTable file(Key<String> output) {
        List<Key<?>> data = TrainKeys.FILE.keys().stream()
                .filter(key -> key.group() == KeyGroup.DATA && !OF_TRAINING_ONLY.contains(key))
                .toList();
        return new KeyTable(data).and(KeyTable.of(MODEL, output, OVERWRITE));
    }

    private static KeyTable commandLine(KeyTable file) {
        return file.and(KeyTable.of(TrainKeys.CONFIG)).and(GeneralKeys.TABLE);
    }
}

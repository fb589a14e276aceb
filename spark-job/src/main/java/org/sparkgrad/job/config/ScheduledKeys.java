package org.sparkgrad.job.config;

import static org.sparkgrad.job.config.KeyGroup.GATE;
import static org.sparkgrad.job.config.KeyGroup.REGISTRY;

import java.util.List;

/** The keys of a scheduled run: those of training, of the registry and of the gate. */
public final class ScheduledKeys {
    static final Key<Long> GENERATE_ROWS = new Key<>(
            REGISTRY,
            "generateRows",
            ValueTypes.count(),
            null,
            "To try scheduling without data of one's own: where the one path of data leads to nothing, that many rows of"
                    + " made-up pets are written there first, others for each run id; when not given, data has to be there.");

    static final Key<String> REGISTRY_FOLDER = new Key<>(
            REGISTRY,
            "registry",
            ValueTypes.text("PATH"),
            null,
            "The folder of the registry, on any file system Hadoop knows; made by the first run; required.");
    static final Key<String> NAME = new Key<>(
            REGISTRY, "name", ValueTypes.name(), "model", "The name of the model, whose versions are in models/NAME.");
    static final Key<String> RUN_ID = new Key<>(
            REGISTRY,
            "runId",
            ValueTypes.name(),
            null,
            "Which run it is, usually the date of its data; a run that is done is not done again; when not given, today"
                    + " in UTC, such as 2026-01-31. In data, labels, testData and testLabels {runId} stands for it, {date} for"
                    + " the date that it begins with, {date:yyyy/MM/dd} for that in another form, by Java's letters.");
    static final Key<Boolean> RERUN = new Key<>(
            REGISTRY, "rerun", ValueTypes.flag(), false, "Whether a run that is done is done again, as a new version.");
    static final Key<Boolean> WARM_START = new Key<>(
            REGISTRY,
            "warmStart",
            ValueTypes.flag(),
            true,
            "Whether training begins at the promoted version's coefficients: those of the features that the data still have, where labels are the same.");
    static final Key<Integer> KEEP_VERSIONS = new Key<>(
            REGISTRY,
            "keepVersions",
            ValueTypes.whole(1),
            30,
            "How many versions stay, the newest; the promoted one and the one before it always do.");
    static final Key<Integer> KEEP_DAYS = new Key<>(
            REGISTRY,
            "keepDays",
            ValueTypes.whole(1),
            null,
            "After how many days a version goes, but for the promoted one and the one before it; when not given, never.");
    static final Key<Integer> LOCK_SECONDS = new Key<>(
            REGISTRY,
            "lockSeconds",
            ValueTypes.whole(1),
            300,
            "After how many seconds without a sign of life, on another machine, a run counts as killed and the next may"
                    + " begin; a living run gives a sign at least four times as often.");

    static final Key<Integer> MINIMUM_ROWS = new Key<>(
            GATE, "minimumRows", ValueTypes.whole(1), 1, "The fewest training rows that a model is promoted of.");
    static final Key<Double> LOG_LOSS_MARGIN = new Key<>(
            GATE,
            "logLossMargin",
            ValueTypes.atLeastZero(),
            0.01,
            "How much higher than the promoted version's the log loss on the held-out rows may be.");
    static final Key<Double> AUC_MARGIN = new Key<>(
            GATE,
            "aucMargin",
            ValueTypes.share(),
            0.01,
            "How much lower than the promoted version's the area under ROC on the held-out rows may be; two classes.");
    static final Key<Double> LABEL_SHARE_DRIFT = new Key<>(
            GATE,
            "labelShareDrift",
            ValueTypes.share(),
            0.1,
            "How much the share of a label among the rows may differ from that in the promoted version's data.");
    static final Key<Double> FEATURE_MEAN_DRIFT = new Key<>(
            GATE,
            "featureMeanDrift",
            ValueTypes.atLeastZero(),
            0.5,
            "How far a feature's mean may be from that in the promoted version's data, in deviations of the latter.");
    static final Key<Double> FEATURE_DEVIATION_RATIO = new Key<>(
            GATE,
            "featureDeviationRatio",
            ValueTypes.atLeastOne(),
            2.0,
            "By what factor a feature's deviation may be larger or smaller than in the promoted version's data.");

    static final Key<Double> WARN_PSI = new Key<>(
            GATE,
            "warnPsi",
            ValueTypes.atLeastZero(),
            0.1,
            "From what population stability index on, against the promoted version's data, a feature or a score is warned"
                    + " of; it has to be above its sampling noise, too.");
    static final Key<Double> REFUSE_PSI = new Key<>(
            GATE,
            "refusePsi",
            ValueTypes.atLeastZero(),
            0.5,
            "Above what population stability index of a feature, likewise, the new version is refused.");
    static final Key<Double> WARN_KS = new Key<>(
            GATE,
            "warnKs",
            ValueTypes.share(),
            0.1,
            "The same as warnPsi of the Kolmogorov-Smirnov statistic, the largest difference between shares of rows up to"
                    + " a value.");
    static final Key<Double> REFUSE_KS = new Key<>(
            GATE, "refuseKs", ValueTypes.share(), 0.3, "The same as refusePsi of the Kolmogorov-Smirnov statistic.");
    static final Key<Double> REFUSE_SCORE_PSI = new Key<>(
            GATE,
            "refuseScorePsi",
            ValueTypes.atLeastZero(),
            2.0,
            "The same as refusePsi of the promoted version's scores, in which the moves of many features add up.");
    static final Key<Double> REFUSE_SCORE_KS = new Key<>(
            GATE, "refuseScoreKs", ValueTypes.share(), 0.6, "The same as refuseKs of the promoted version's scores.");
    static final Key<Double> WARN_FALL = new Key<>(
            GATE,
            "warnFall",
            ValueTypes.share(),
            0.05,
            "How far below that of its earlier nights the promoted version's accuracy or area under ROC may be without a"
                    + " warning; it has to be beyond sampling noise, too.");
    static final Key<Double> REFUSE_FALL = new Key<>(
            GATE,
            "refuseFall",
            ValueTypes.share(),
            0.25,
            "How far below, likewise, they may be: beyond it the new version is refused, as the night's data are doubted.");

    /** The training keys that a scheduled run sets itself. */
    private static final List<Key<?>> OF_THE_RUN =
            List.of(TrainKeys.OUTPUT_FOLDER, TrainKeys.OVERWRITE, TrainKeys.INITIAL_MODEL, CheckpointKeys.RESUME);

    /** The keys of a configuration file. */
    public static final KeyTable FILE = new KeyTable(TrainKeys.FILE.keys().stream()
                    .filter(key -> !OF_THE_RUN.contains(key))
                    .toList())
            .and(KeyTable.of(
                    REGISTRY_FOLDER,
                    NAME,
                    RUN_ID,
                    RERUN,
                    WARM_START,
                    KEEP_VERSIONS,
                    KEEP_DAYS,
                    LOCK_SECONDS,
                    GENERATE_ROWS,
                    MINIMUM_ROWS,
                    LOG_LOSS_MARGIN,
                    AUC_MARGIN,
                    LABEL_SHARE_DRIFT,
                    FEATURE_MEAN_DRIFT,
                    FEATURE_DEVIATION_RATIO,
                    WARN_PSI,
                    REFUSE_PSI,
                    WARN_KS,
                    REFUSE_KS,
                    REFUSE_SCORE_PSI,
                    REFUSE_SCORE_KS,
                    WARN_FALL,
                    REFUSE_FALL));

    /** The options of the scheduled command. */
    public static final KeyTable COMMAND_LINE =
            FILE.and(KeyTable.of(TrainKeys.CONFIG)).and(GeneralKeys.TABLE);

    private ScheduledKeys() {}
}

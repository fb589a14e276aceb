package org.sparkgrad.job.config;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.sparkgrad.job.config.ScheduleSettings.Kind;

/** The keys that change the way to a model: a run that goes on from another's checkpoint has the same. */
public final class DecisiveKeys {
    /** Where data lie is free: what is in them is compared. */
    private static final Set<String> FREE = Set.of(
            DataKeys.DATA_FILES.name(),
            DataKeys.LABELS.name(),
            DataKeys.TEST_DATA.name(),
            DataKeys.TEST_LABELS.name(),
            TrainKeys.MAX_SECONDS.name(),
            TrainKeys.ENGINE_CHOICE.name(),
            TrainKeys.DEVICES.name(),
            TrainKeys.DEVICE_MEMORY_FRACTION.name(),
            TrainKeys.OUTPUT_FOLDER.name(),
            TrainKeys.OVERWRITE.name(),
            CheckpointKeys.STEPS.name(),
            CheckpointKeys.SECONDS.name(),
            CheckpointKeys.RESUME.name(),
            TrainKeys.EXCHANGE.name());

    private static final Set<String> LIMITS = Set.of(TrainKeys.MAX_ITER.name(), TrainKeys.EPOCHS.name());

    private DecisiveKeys() {}

    /**
     * Returns the keys that change the way to the model, with their values as texts. The limits of steps and epochs are
     * among them only where the schedule of the learning rate ends with them.
     *
     * @param config every key as used
     */
    public static Map<String, String> of(Map<String, Object> config) {
        Object kind = config.get(ScheduleKeys.KIND.name());
        boolean endsWithTraining = ValueTypes.written(Kind.COSINE).equals(kind)
                || ValueTypes.written(Kind.POLYNOMIAL).equals(kind);
        Map<String, String> decisive = new TreeMap<>();
        config.forEach((name, value) -> {
            if (!FREE.contains(name) && (endsWithTraining || !LIMITS.contains(name))) {
                decisive.put(name, ValueTypes.written(value));
            }
        });
        return decisive;
    }
}

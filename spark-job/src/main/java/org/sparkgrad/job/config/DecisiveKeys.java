package org.sparkgrad.job.config;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.sparkgrad.job.config.ScheduleSettings.Kind;

/** The keys that affect a model. A run can resume only from a checkpoint with the same values. */
public final class DecisiveKeys {
    /** Paths of data may differ, because the content of the data is compared. */
    private static final Set<String> FREE = Set.of(
            DataKeys.DATA_FILES.name(),
            DataKeys.LABELS.name(),
            DataKeys.TEST_DATA.name(),
            DataKeys.TEST_LABELS.name(),
            TrainKeys.MAX_SECONDS.name(),
            TrainKeys.ENGINE_CHOICE.name(),
            TrainKeys.DEVICES.name(),
            TrainKeys.DEVICE_MEMORY_FRACTION.name(),
            TrainKeys.OPENCL_RUNTIME.name(),
            TrainKeys.OUTPUT_FOLDER.name(),
            TrainKeys.OVERWRITE.name(),
            CheckpointKeys.STEPS.name(),
            CheckpointKeys.SECONDS.name(),
            CheckpointKeys.RESUME.name(),
            TrainKeys.EXCHANGE.name());

    private static final Set<String> LIMITS = Set.of(TrainKeys.MAX_ITER.name(), TrainKeys.EPOCHS.name());

    private DecisiveKeys() {}

    /**
     * Returns the keys that affect the model, with their values as texts. The limits of steps and epochs are included
     * only if the learning rate schedule depends on them.
     *
     * @param config every key with the value used
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

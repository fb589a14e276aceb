package org.sparkgrad.job.report;

import java.lang.management.ManagementFactory;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;

/** Measures the time of a run's stages. */
public final class StageTimes {
    private final Map<Stage, Long> nanos = new EnumMap<>(Stage.class);
    private final long startMillis =
            System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();

    /** The stages. */
    public enum Stage {
        /** Reading the files and assembling instances. */
        READ,
        /** Shuffling instances into shards. */
        SHARD,
        /** The optimiser's steps. */
        TRAIN,
        /** Measuring the model. */
        EVALUATE,
        /** Writing the output. */
        SAVE
    }

    /** Runs work and adds its time to a stage. */
    public <T> T time(Stage stage, Supplier<T> work) {
        long start = System.nanoTime();
        try {
            return work.get();
        } finally {
            nanos.merge(stage, System.nanoTime() - start, Long::sum);
        }
    }

    /** Returns the seconds so far. The time before this object was created is the start time. */
    public TrainingSummary.Seconds seconds() {
        double start = startMillis / 1e3;
        double total = (System.currentTimeMillis()
                        - ManagementFactory.getRuntimeMXBean().getStartTime())
                / 1e3;
        return new TrainingSummary.Seconds(
                total, start, of(Stage.READ), of(Stage.SHARD), of(Stage.TRAIN), of(Stage.EVALUATE), of(Stage.SAVE));
    }

    private double of(Stage stage) {
        return nanos.getOrDefault(stage, 0L) / 1e9;
    }
}

package org.sparkgrad.job.report;

import java.lang.management.ManagementFactory;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;

/** Where the time of a run goes. */
public final class StageTimes {
    private final Map<Stage, Long> nanos = new EnumMap<>(Stage.class);
    private final long startMillis =
            System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();

    /** Stages that are timed. */
    public enum Stage {
        /** Reading the files and assembling instances. */
        READ,
        /** Shuffling them into shards. */
        SHARD,
        /** The optimiser's steps. */
        TRAIN,
        /** Measuring the model. */
        EVALUATE,
        /** Writing the output. */
        SAVE
    }

    /** Runs a piece of work on a stage's account. */
    public <T> T time(Stage stage, Supplier<T> work) {
        long start = System.nanoTime();
        try {
            return work.get();
        } finally {
            nanos.merge(stage, System.nanoTime() - start, Long::sum);
        }
    }

    /** Returns the seconds so far; what came before this stopwatch is the start. */
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

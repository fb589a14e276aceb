package org.sparkgrad.job.checkpoint;

import org.jspecify.annotations.Nullable;

/** Decides when the next checkpoint is written: after a number of steps or seconds since the last one. */
final class CheckpointSchedule {
    private static final double NANOS = 1e9;

    private final @Nullable Integer steps;
    private final double nanos;
    private int lastStep;
    private long lastTime = System.nanoTime();

    /**
     * @param steps the number of steps; null for no limit by steps
     * @param seconds the number of seconds; 0 for no limit by time
     */
    CheckpointSchedule(@Nullable Integer steps, double seconds) {
        this.steps = steps;
        this.nanos = seconds == 0 ? Double.POSITIVE_INFINITY : seconds * NANOS;
    }

    boolean isDue(int step) {
        return (steps != null && step - lastStep >= steps) || System.nanoTime() - lastTime >= nanos;
    }

    /** Starts to count again after a checkpoint. */
    void wrote(int step) {
        lastStep = step;
        lastTime = System.nanoTime();
    }
}

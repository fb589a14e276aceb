package org.sparkgrad.job.checkpoint;

import org.jspecify.annotations.Nullable;

/** When to write the next checkpoint: so many steps or seconds after the last one. */
final class CheckpointSchedule {
    private static final double NANOS = 1e9;

    private final @Nullable Integer steps;
    private final double nanos;
    private int lastStep;
    private long lastTime = System.nanoTime();

    /**
     * @param steps null is never by steps
     * @param seconds 0 is never by time
     */
    CheckpointSchedule(@Nullable Integer steps, double seconds) {
        this.steps = steps;
        this.nanos = seconds == 0 ? Double.POSITIVE_INFINITY : seconds * NANOS;
    }

    boolean isDue(int step) {
        return (steps != null && step - lastStep >= steps) || System.nanoTime() - lastTime >= nanos;
    }

    /** Counts from here. */
    void wrote(int step) {
        lastStep = step;
        lastTime = System.nanoTime();
    }
}

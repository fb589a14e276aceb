package org.sparkgrad.job.optimize;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The clock that may end training. All else about a run follows from data, configuration and seed. */
final class Deadline {
    private static final double NANOS = 1e9;

    private final LongSupplier clock;
    private final long start;
    private final double nanos;

    /**
     * Starts now.
     *
     * @param clock in nanoseconds
     * @param seconds from now; null is never
     */
    Deadline(LongSupplier clock, @Nullable Double seconds) {
        this.clock = clock;
        this.start = clock.getAsLong();
        this.nanos = seconds == null ? Double.POSITIVE_INFINITY : seconds * NANOS;
    }

    /** Starts now, by the clock of this machine. */
    static Deadline in(@Nullable Double seconds) {
        return new Deadline(System::nanoTime, seconds);
    }

    boolean isPassed() {
        return clock.getAsLong() - start >= nanos;
    }

    /** Returns the state as the last one if time is up, unless it is the last one anyway. */
    OptimizerState check(OptimizerState state) {
        return state.stop() == null && isPassed() ? state.stopped(ConvergenceReason.MAX_SECONDS) : state;
    }
}

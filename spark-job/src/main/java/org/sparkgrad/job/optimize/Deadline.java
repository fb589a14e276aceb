package org.sparkgrad.job.optimize;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The clock that may end training. Everything else in a run follows from data, configuration and seed. */
final class Deadline {
    private static final double NANOS = 1e9;

    private final LongSupplier clock;
    private final long start;
    private final double nanos;

    /**
     * Starts the clock now.
     *
     * @param clock the time source, in nanoseconds
     * @param seconds the seconds from now; null for no limit
     */
    Deadline(LongSupplier clock, @Nullable Double seconds) {
        this.clock = clock;
        this.start = clock.getAsLong();
        this.nanos = seconds == null ? Double.POSITIVE_INFINITY : seconds * NANOS;
    }

    /** Starts the clock now, with this machine's time. */
    static Deadline in(@Nullable Double seconds) {
        return new Deadline(System::nanoTime, seconds);
    }

    boolean isPassed() {
        return clock.getAsLong() - start >= nanos;
    }

    /** Returns the state as the last one if the time has passed, unless the state already is the last one. */
    OptimizerState check(OptimizerState state) {
        return state.stop() == null && isPassed() ? state.stopped(ConvergenceReason.MAX_SECONDS) : state;
    }
}

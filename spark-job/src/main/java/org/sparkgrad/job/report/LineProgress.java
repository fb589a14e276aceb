package org.sparkgrad.job.report;

import java.io.PrintStream;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Shows progress in logs: plain lines at growing intervals, including the first and the last step. */
final class LineProgress implements Progress {
    private static final long FIRST_INTERVAL = 1_000_000_000L;
    private static final long LONGEST_INTERVAL = 60_000_000_000L;

    private final PrintStream stream;
    private final LongSupplier nanoTime;
    private long nextTime;
    private long interval = FIRST_INTERVAL;
    private @Nullable ProgressStep unsaid;
    private boolean begun;

    /**
     * @param stream the stream for the lines
     * @param nanoTime a clock in nanoseconds
     */
    LineProgress(PrintStream stream, LongSupplier nanoTime) {
        this.stream = stream;
        this.nanoTime = nanoTime;
    }

    @Override
    public void note(String line) {
        stream.println(line);
    }

    @Override
    public void step(ProgressStep step) {
        long now = nanoTime.getAsLong();
        unsaid = step;
        if (!begun || now - nextTime >= 0) {
            begun = true;
            nextTime = now + interval;
            interval = Math.min(2 * interval, LONGEST_INTERVAL);
            sayLatest();
        }
    }

    @Override
    public void done() {
        sayLatest();
    }

    private void sayLatest() {
        if (unsaid != null) {
            stream.println(ProgressText.of(unsaid));
            unsaid = null;
        }
    }
}

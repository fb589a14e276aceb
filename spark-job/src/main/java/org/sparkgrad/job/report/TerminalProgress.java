package org.sparkgrad.job.report;

import java.io.PrintStream;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Shows progress on a terminal: one line that is rewritten a few times per second. */
final class TerminalProgress implements Progress {
    private static final long INTERVAL = 200_000_000L;
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintStream stream;
    private final LongSupplier nanoTime;
    private long nextTime;
    private @Nullable ProgressStep latest;

    /**
     * @param stream the terminal
     * @param nanoTime a clock in nanoseconds
     */
    TerminalProgress(PrintStream stream, LongSupplier nanoTime) {
        this.stream = stream;
        this.nanoTime = nanoTime;
    }

    @Override
    public void note(String line) {
        stream.println((latest == null ? "" : CLEAR_LINE) + line);
        rewrite();
    }

    @Override
    public void step(ProgressStep step) {
        long now = nanoTime.getAsLong();
        boolean first = latest == null;
        latest = step;
        if (first || now - nextTime >= 0) {
            nextTime = now + INTERVAL;
            rewrite();
        }
    }

    @Override
    public void done() {
        if (latest != null) {
            rewrite();
            stream.println();
            latest = null;
        }
    }

    private void rewrite() {
        if (latest != null) {
            stream.print(CLEAR_LINE + ProgressText.of(latest));
            stream.flush();
        }
    }
}

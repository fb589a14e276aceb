package org.sparkgrad.job.checkpoint;

import java.util.function.Consumer;
import org.apache.spark.util.SignalUtils;
import org.jspecify.annotations.Nullable;

/**
 * A request to stop by SIGTERM or SIGINT (Ctrl-C), while it is listened for. The first signal only leaves the request, so
 * that a step can be finished: the JVM does not go down, nor do Spark's shutdown hooks stop its context. A second one, and
 * any when nobody listens, ends the JVM as it would without us.
 */
public final class Interruption implements AutoCloseable {
    private static @Nullable Interruption listening;
    private static boolean registered;

    private final Consumer<String> note;
    private volatile boolean requested;

    private Interruption(Consumer<String> note) {
        this.note = note;
    }

    /**
     * Listens until it is closed.
     *
     * @param note hears of the first signal
     */
    public static Interruption listen(Consumer<String> note) {
        synchronized (Interruption.class) {
            Interruption interruption = new Interruption(note);
            if (!registered) {
                for (String signal : new String[] {"TERM", "INT"}) {
                    SignalUtils.register(signal, () -> received(signal)); // Spark has no way to unregister
                }
                registered = true;
            }
            listening = interruption;
            return interruption;
        }
    }

    /** Hears no signals: a program's signals are its own. */
    public static Interruption never() {
        return new Interruption(line -> {});
    }

    private static Object received(String signal) {
        Interruption heard;
        synchronized (Interruption.class) {
            heard = listening;
        }
        if (heard == null || heard.requested) {
            return false;
        }
        heard.requested = true;
        heard.note.accept(
                "SIG%s: finishing the step to write a checkpoint; a second signal ends at once".formatted(signal));
        return true;
    }

    /** Returns whether somebody asked to stop. */
    public boolean isRequested() {
        return requested;
    }

    @Override
    public void close() {
        synchronized (Interruption.class) {
            if (listening == this) {
                listening = null;
            }
        }
    }
}

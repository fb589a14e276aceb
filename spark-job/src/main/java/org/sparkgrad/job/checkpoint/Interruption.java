package org.sparkgrad.job.checkpoint;

import java.util.function.Consumer;
import org.apache.spark.util.SignalUtils;
import org.jspecify.annotations.Nullable;

/**
 * A request to stop by SIGTERM or SIGINT (Ctrl-C). The first signal only records the request, so that a step can be
 * finished: the JVM does not exit, and Spark's shutdown hooks do not stop its context. A second signal ends the JVM as
 * usual, and so does any signal outside {@link #listen}.
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
     * Handles signals until the object is closed.
     *
     * @param note receives a line at the first signal
     */
    public static Interruption listen(Consumer<String> note) {
        synchronized (Interruption.class) {
            Interruption interruption = new Interruption(note);
            if (!registered) {
                for (String signal : new String[] {"TERM", "INT"}) {
                    SignalUtils.register(signal, () -> received(signal)); // Spark has no method to unregister
                }
                registered = true;
            }
            listening = interruption;
            return interruption;
        }
    }

    /** Returns an object that handles no signals, for fits in a program that handles its signals itself. */
    public static Interruption never() {
        return new Interruption(line -> {});
    }

    private static Object received(String signal) {
        Interruption current;
        synchronized (Interruption.class) {
            current = listening;
        }
        if (current == null || current.requested) {
            return false;
        }
        current.requested = true;
        current.note.accept(
                "SIG%s: finishing the step to write a checkpoint; a second signal ends at once".formatted(signal));
        return true;
    }

    /** Returns whether a stop was requested. */
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

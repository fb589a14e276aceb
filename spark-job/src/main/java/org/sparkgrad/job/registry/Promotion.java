package org.sparkgrad.job.registry;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The promotion of a version.
 *
 * @param version the promoted version
 * @param predecessors the versions for rollbacks, the next one first
 * @param reason the cause: a run, a promote command or a rollback command
 * @param at the time, in ISO form
 */
public record Promotion(int version, List<Integer> predecessors, Reason reason, String at) {
    /** The cause of a promotion. */
    public enum Reason {
        /** A run whose candidate passed the gate. */
        RUN,
        /** A promote command. */
        PROMOTE,
        /** A rollback command. */
        ROLLBACK;

        /** Returns the name in a file. */
        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Copies the list. */
    public Promotion {
        predecessors = List.copyOf(predecessors);
    }

    /** Returns the promotion of another version after this promotion. */
    Promotion followedBy(int next, Reason why, String when) {
        List<Integer> before = new ArrayList<>(List.of(version));
        before.addAll(predecessors);
        before.remove(Integer.valueOf(next));
        return new Promotion(next, before, why, when);
    }
}

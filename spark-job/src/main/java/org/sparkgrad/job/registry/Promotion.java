package org.sparkgrad.job.registry;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A version taking the place of another.
 *
 * @param version the one that is served from then on
 * @param predecessors those that a rollback goes back to, the next one first
 * @param reason a run's gate, promote or rollback
 * @param at when, in ISO form
 */
public record Promotion(int version, List<Integer> predecessors, Reason reason, String at) {
    /** What moved the pointer. */
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

    /** Returns the promotion of a version after this one. */
    Promotion followedBy(int next, Reason why, String when) {
        List<Integer> before = new ArrayList<>(List.of(version));
        before.addAll(predecessors);
        before.remove(Integer.valueOf(next));
        return new Promotion(next, before, why, when);
    }
}

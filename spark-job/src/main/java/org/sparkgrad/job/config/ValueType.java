package org.sparkgrad.job.config;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the values of a key are and how they are written.
 *
 * @param placeholder stands for a value in help, such as {@code NUMBER}
 * @param allowed what a value has to be, following "must be"
 * @param arity how many texts make one value
 * @param parser the texts' value; null for texts that are not allowed
 * @param <T> the values
 */
public record ValueType<T>(
        String placeholder, String allowed, Arity arity, Function<List<String>, @Nullable T> parser) {
    /** How many texts make one value. */
    public enum Arity {
        /** One. */
        ONE,
        /** One; on the command line none is "true". */
        FLAG,
        /** Any number: the option is repeated. */
        REPEATED,
        /** Any number: the option is repeated, or its texts are separated by commas. */
        COMMAS
    }

    /** Returns whether a value is a list. */
    public boolean isList() {
        return arity == Arity.REPEATED || arity == Arity.COMMAS;
    }
}

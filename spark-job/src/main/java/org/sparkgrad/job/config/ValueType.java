package org.sparkgrad.job.config;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The type of a key's values, and their syntax.
 *
 * @param placeholder the placeholder for a value in help, such as {@code NUMBER}
 * @param allowed the condition for a value, to follow "must be"
 * @param arity the number of texts of a value
 * @param parser the parser of the texts; returns null for texts that are not allowed
 * @param <T> the type of the values
 */
public record ValueType<T>(
        String placeholder, String allowed, Arity arity, Function<List<String>, @Nullable T> parser) {
    /** The number of texts of a value. */
    public enum Arity {
        /** One text. */
        ONE,
        /** One text; on the command line, no text means "true". */
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

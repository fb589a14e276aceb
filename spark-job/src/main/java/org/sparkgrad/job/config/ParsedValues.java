package org.sparkgrad.job.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The parsed values of keys, each with its place. A key without a value has its default. */
public final class ParsedValues {
    private final Map<Key<?>, Object> values = new HashMap<>();
    private final Map<Key<?>, Origin> origins = new HashMap<>();

    /** Sets a value if the texts are allowed; else adds a problem. */
    void put(Key<?> key, List<String> texts, Origin origin, Problems problems) {
        Object value = key.type().parser().apply(texts);
        if (value == null) {
            problems.add(key, texts, origin, "must be " + key.type().allowed());
            return;
        }
        values.put(key, value);
        origins.put(key, origin);
    }

    /** Replaces these values by those of the other object. */
    void override(ParsedValues other) {
        values.putAll(other.values);
        origins.putAll(other.origins);
    }

    /** Returns a key's value or default; null if it has neither. */
    @SuppressWarnings("unchecked") // put() stores what the key's own type has parsed
    public <T> @Nullable T find(Key<T> key) {
        return (T) values.getOrDefault(key, key.defaultValue());
    }

    /**
     * Returns a key's value or default.
     *
     * @throws NoSuchElementException if it has neither
     */
    public <T> T get(Key<T> key) {
        T value = find(key);
        if (value == null) {
            throw new NoSuchElementException(key.name());
        }
        return value;
    }

    /** Sets a value that a command has computed; null removes the value. */
    <T> void set(Key<T> key, @Nullable T value) {
        if (value == null) {
            values.remove(key);
        } else {
            values.put(key, value);
        }
    }

    /** Returns whether the value differs from the default. */
    boolean changed(Key<?> key) {
        return values.containsKey(key) && !values.get(key).equals(key.defaultValue());
    }

    /** Returns the place of the value. */
    Origin origin(Key<?> key) {
        return origins.getOrDefault(key, new Origin.Default());
    }
}

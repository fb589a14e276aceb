package org.sparkgrad.job.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The keys of a command or a file.
 *
 * @param keys the keys, in the order of lists
 */
public record KeyTable(List<Key<?>> keys) {
    /** Copies the list. */
    public KeyTable {
        keys = List.copyOf(keys);
    }

    /** Returns a table of these keys. */
    public static KeyTable of(Key<?>... keys) {
        return new KeyTable(List.of(keys));
    }

    /** Returns this table followed by another. */
    public KeyTable and(KeyTable other) {
        List<Key<?>> all = new ArrayList<>(keys);
        all.addAll(other.keys);
        return new KeyTable(all);
    }

    /** Returns the key of a name. */
    public Optional<Key<?>> named(String name) {
        return keys.stream().filter(key -> key.name().equals(name)).findFirst();
    }

    /** Returns the key of an option. */
    public Optional<Key<?>> ofOption(String option) {
        return keys.stream().filter(key -> key.option().equals(option)).findFirst();
    }

    /** Returns the names in a file. */
    public List<String> names() {
        return keys.stream().<String>map(Key::name).toList();
    }

    /** Returns the options on a command line. */
    public List<String> options() {
        return keys.stream().<String>map(Key::option).toList();
    }
}

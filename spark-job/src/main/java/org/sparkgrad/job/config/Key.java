package org.sparkgrad.job.config;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The definition of one setting, with its name, default and description.
 *
 * @param group the heading of the key in lists
 * @param name the name in a configuration file, such as {@code regParam}
 * @param type the type of its values
 * @param defaultValue the default; null for none
 * @param documentation the description in one sentence
 * @param <T> the type of its values
 */
public record Key<T>(
        KeyGroup group,
        String name,
        ValueType<T> type,
        @Nullable T defaultValue,
        String documentation) {
    /** Returns the option on the command line, such as {@code --reg-param}. */
    public String option() {
        return "--" + name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}

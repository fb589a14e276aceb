package org.sparkgrad.job.config;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One setting: the only place where its name, default and meaning are written.
 *
 * @param group its heading
 * @param name its name in a configuration file, such as {@code regParam}
 * @param type what its values are
 * @param defaultValue its value when none is given; null is no value
 * @param documentation what it does, in one sentence
 * @param <T> its values
 */
public record Key<T>(
        KeyGroup group,
        String name,
        ValueType<T> type,
        @Nullable T defaultValue,
        String documentation) {
    /** Returns its option on the command line, such as {@code --reg-param}. */
    public String option() {
        return "--" + name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}

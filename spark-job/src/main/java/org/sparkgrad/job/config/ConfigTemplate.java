package org.sparkgrad.job.config;

import com.typesafe.config.ConfigUtil;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes a configuration file with every key, its description and its default. */
public final class ConfigTemplate {
    private static final int WIDTH = 100;

    private static final String HEAD = """
            # Every key of sparkgrad's training with its default, in HOCON.
            # Use it as it is or copy what you change:  sparkgrad train --config FILE --data ... --output ...
            # The command line wins over the file: regParam here is --reg-param there.
            # null means "not given". Relative paths start at the current directory, not at this file.
            #
            # Generated from org.sparkgrad.job.config.TrainKeys; do not edit.
            """;

    private ConfigTemplate() {}

    /** Returns the text of the file. */
    public static String text(KeyTable table) {
        StringBuilder text = new StringBuilder(HEAD);
        KeyGroup group = null;
        for (Key<?> key : table.keys()) {
            if (key.group() != group) {
                group = key.group();
                text.append("\n# ---- ").append(group.title()).append(" ----\n");
            }
            text.append('\n');
            for (String line : TextWrap.lines(key.documentation(), WIDTH - 2)) {
                text.append("# ").append(line).append('\n');
            }
            text.append("# Value: ").append(value(key)).append('\n');
            text.append(key.name())
                    .append(" = ")
                    .append(literal(key.defaultValue()))
                    .append('\n');
        }
        return text.toString();
    }

    private static String value(Key<?> key) {
        String element = key.type().placeholder().replace(",...", "");
        return key.type().isList() ? "[%s, ...]".formatted(element) : element;
    }

    private static String literal(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(ConfigTemplate::literal).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof String text) {
            return ConfigUtil.quoteString(text);
        }
        return value == null ? "null" : ValueTypes.written(value);
    }
}

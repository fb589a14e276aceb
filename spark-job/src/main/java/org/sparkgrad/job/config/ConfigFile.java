package org.sparkgrad.job.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.io.File;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a configuration file in HOCON, with keys at the top level; null means "not given". */
final class ConfigFile {
    private final String path;
    private final KeyTable table;
    private final Problems problems;
    private final ParsedValues values = new ParsedValues();

    private ConfigFile(String path, KeyTable table, Problems problems) {
        this.path = path;
        this.table = table;
        this.problems = problems;
    }

    static ParsedValues read(String path, KeyTable table, Problems problems) {
        ConfigFile file = new ConfigFile(path, table, problems);
        if (!new File(path).isFile()) {
            problems.add("%s %s: there is no such file (command line)".formatted(TrainKeys.CONFIG.option(), path));
            return file.values;
        }
        try {
            Config config = ConfigFactory.parseFile(
                            new File(path), ConfigParseOptions.defaults().setAllowMissing(false))
                    .resolve();
            config.root().entrySet().stream()
                    .sorted(Comparator.<Map.Entry<String, ConfigValue>>comparingInt(
                            entry -> entry.getValue().origin().lineNumber()))
                    .forEach(entry -> file.take(config, entry.getKey(), entry.getValue()));
        } catch (ConfigException e) {
            problems.add("%s %s: %s".formatted(TrainKeys.CONFIG.option(), path, e.getMessage()));
        }
        return file.values;
    }

    private void take(Config config, String name, ConfigValue value) {
        Origin origin = new Origin.File(where(value.origin()));
        Optional<Key<?>> key = table.named(name);
        if (key.isEmpty()) {
            problems.add(
                    "%s: unknown key%s (%s)".formatted(name, Suggestion.sentence(name, table.names()), origin.where()));
        } else if (value.valueType() == ConfigValueType.OBJECT || hasObjects(value)) {
            problems.add(
                    key.get(), List.of(), origin, "must be " + key.get().type().allowed());
        } else if (value.valueType() != ConfigValueType.NULL) {
            values.put(key.get(), texts(config, key.get(), value), origin, problems);
        }
    }

    private static boolean hasObjects(ConfigValue value) {
        return value instanceof ConfigList list
                && list.stream().anyMatch(element -> switch (element.valueType()) {
                    case OBJECT, LIST, NULL -> true;
                    case NUMBER, BOOLEAN, STRING -> false;
                });
    }

    /** Returns the texts of a value as written in the file: 1e-6 stays 1e-6. */
    private static List<String> texts(Config config, Key<?> key, ConfigValue value) {
        String configPath = ConfigUtil.quoteString(key.name());
        return value.valueType() == ConfigValueType.LIST
                ? config.getStringList(configPath)
                : CommandLine.split(key, config.getString(configPath));
    }

    private String where(ConfigOrigin origin) {
        String name = origin.filename() == null ? path : origin.filename();
        return origin.lineNumber() < 0 ? name : name + " line " + origin.lineNumber();
    }
}

package org.sparkgrad.job.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.sparkgrad.job.config.Key;
import org.sparkgrad.job.config.KeyGroup;
import org.sparkgrad.job.config.TrainKeys;
import org.sparkgrad.job.config.ValueTypes;
import org.sparkgrad.job.problem.ExitCode;

/** Writes docs/configuration.md from the commands and their keys: every option of every command. */
final class ConfigurationPage {
    private static final String HEAD = """
            # Configuration

            Every setting of sparkgrad. This page is generated from the settings' code; do not edit it.

            `sparkgrad [launcher options] COMMAND [options]`, where `sparkgrad` is `scripts/sparkgrad`. A value comes from the
            command line, else from the configuration file (`--config FILE`, for train, evaluate and predict), else it is the
            default.

            - The file is [HOCON](https://github.com/lightbend/config/blob/main/HOCON.md), keys at the top level:
              `regParam = 0.1` there is `--reg-param 0.1` or `--reg-param=0.1` here.
              [conf/training.conf](../conf/training.conf) has every key of train with its default.
            - A flag without a value is true: `--header` is `--header true`.
            - Of a list, paths are repeated (`--data a --data b`); names and numbers are repeated or joined by commas
              (`--features x,y`). In the file a list is `[a, b]`.
            - A column is named by its header, or by its index from 0; -1 is the last.
            - Unknown keys and options are errors, with a suggestion. All problems are reported at once.
            - "-" is a setting that has no value when none is given.

            """;

    private ConfigurationPage() {}

    static String of(List<Command> commands) {
        StringBuilder text = new StringBuilder(HEAD);
        List<Key<?>> told = new ArrayList<>();
        for (Command command : commands) {
            List<Key<?>> own = new ArrayList<>(command.options().keys());
            own.removeAll(told);
            text.append("## %s%n%n%s `%s`%n%n".formatted(command.name(), command.summary(), command.example()));
            String shared = shared(command, told);
            if (!shared.isEmpty()) {
                text.append("It also takes, as explained above: ")
                        .append(shared)
                        .append(".\n\n");
            }
            groups(own, inFile(command), text);
            told.addAll(own);
        }
        return text.append(launcher()).append(exitCodes()).toString();
    }

    private static boolean inFile(Command command) {
        return command.options().keys().contains(TrainKeys.CONFIG);
    }

    private static String shared(Command command, List<Key<?>> told) {
        return command.options().keys().stream()
                .filter(told::contains)
                .map(key -> "`" + key.option() + "`")
                .collect(Collectors.joining(", "));
    }

    private static void groups(List<Key<?>> keys, boolean inFile, StringBuilder text) {
        KeyGroup group = null;
        for (Key<?> key : keys) {
            if (key.group() != group) {
                text.append(group == null ? "" : "\n");
                group = key.group();
                text.append("### %s%n%n".formatted(group.title()));
                text.append(inFile && group != KeyGroup.GENERAL ? "| key | option |" : "| option |")
                        .append(" value | default | meaning |\n")
                        .append(
                                inFile && group != KeyGroup.GENERAL
                                        ? "|---|---|---|---|---|\n"
                                        : "|---|---|---|---|\n");
            }
            text.append(inFile && group != KeyGroup.GENERAL ? "| `%s` ".formatted(key.name()) : "")
                    .append("| `%s` | %s | %s | %s |%n"
                            .formatted(key.option(), value(key), preset(key), cell(key.documentation())));
        }
        text.append('\n');
    }

    private static String value(Key<?> key) {
        String allowed = key.type().allowed();
        return cell(allowed.equals("some text") ? key.type().placeholder() : allowed);
    }

    private static String preset(Key<?> key) {
        Object preset = key.defaultValue();
        if (preset == null || (preset instanceof List<?> list && list.isEmpty())) {
            return "-";
        }
        return "`" + ValueTypes.written(preset) + "`";
    }

    private static String launcher() {
        StringBuilder text = new StringBuilder("""
                ## Launcher

                `scripts/sparkgrad` reads these itself, before or after the command. With plain spark-submit, give Spark's own.

                | option | meaning |
                |---|---|
                """);
        for (LauncherOption option : LauncherOption.ALL) {
            text.append("| `%s %s` | %s |%n".formatted(option.option(), option.placeholder(), option.meaning()));
        }
        return text.append('\n').toString();
    }

    private static String exitCodes() {
        StringBuilder text = new StringBuilder("""
                ## Exit codes

                | code | meaning |
                |---|---|
                """);
        for (ExitCode code : ExitCode.values()) {
            text.append("| %d | %s |%n".formatted(code.status(), cell(code.meaning())));
        }
        return text.toString();
    }

    /** Returns text escaped for a table cell. */
    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}

package org.sparkgrad.job.cli;

import java.util.List;
import org.sparkgrad.job.config.Key;
import org.sparkgrad.job.config.KeyGroup;
import org.sparkgrad.job.config.TextWrap;
import org.sparkgrad.job.config.ValueTypes;

/** Creates the text of {@code --help} from the commands and their keys, with 100 columns at most. */
final class HelpText {
    private static final int WIDTH = 100;
    private static final String INDENT = "        ";

    private HelpText() {}

    static String of(List<Command> commands) {
        StringBuilder text = new StringBuilder("""
                Trains logistic and softmax regression on Spark, on every GPU of the cluster or on its processors.

                Usage: sparkgrad [launcher options] COMMAND [options]

                Commands:
                """);
        for (Command command : commands) {
            text.append("  %-10s %s%n".formatted(command.name(), command.summary()));
        }
        text.append("\nLauncher options:\n");
        for (LauncherOption option : LauncherOption.ALL) {
            text.append("  %-24s %s%n".formatted(option.option() + " " + option.placeholder(), option.meaning()));
        }
        return text.append("\nsparkgrad COMMAND --help lists the options of a command.\n")
                .toString();
    }

    static String of(Command command) {
        StringBuilder text =
                new StringBuilder(command.summary()).append("\n\nUsage: ").append(command.example());
        KeyGroup group = null;
        for (Key<?> key : command.options().keys()) {
            if (key.group() != group) {
                group = key.group();
                text.append("\n\n").append(group.title());
            }
            text.append("\n  ")
                    .append(key.option())
                    .append(' ')
                    .append(key.type().placeholder());
            Object preset = key.defaultValue();
            String ending =
                    preset == null || preset instanceof List ? "" : " [%s]".formatted(ValueTypes.written(preset));
            for (String line : TextWrap.lines(key.documentation() + ending, WIDTH - INDENT.length())) {
                text.append('\n').append(INDENT).append(line);
            }
        }
        return text.append('\n').toString();
    }
}

package org.sparkgrad.job.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparkgrad.job.config.ValueType.Arity;

/** Parses options: {@code --reg-param 0.1}, {@code --reg-param=0.1}, {@code --overwrite}. */
public final class CommandLine {
    private static final Origin ORIGIN = new Origin.CommandLine();

    private final KeyTable table;
    private final Problems problems;
    private final Map<Key<?>, List<String>> texts = new LinkedHashMap<>();

    private CommandLine(KeyTable table, Problems problems) {
        this.table = table;
        this.problems = problems;
    }

    /**
     * Parses the arguments of a command without a configuration file.
     *
     * @throws org.sparkgrad.job.problem.JobException with every unknown option and wrong value
     */
    public static ParsedValues read(KeyTable table, List<String> arguments) {
        Problems problems = new Problems();
        ParsedValues values = read(table, arguments, problems);
        problems.throwIfAny();
        return values;
    }

    static ParsedValues read(KeyTable table, List<String> arguments, Problems problems) {
        CommandLine line = new CommandLine(table, problems);
        int next = 0;
        while (next < arguments.size()) {
            next = line.takeOne(arguments, next);
        }
        ParsedValues values = new ParsedValues();
        line.texts.forEach((key, given) -> values.put(key, given, ORIGIN, problems));
        return values;
    }

    /** Parses the argument at {@code index} with its value, and returns the index after them. */
    private int takeOne(List<String> arguments, int index) {
        String argument = arguments.get(index);
        if (!argument.startsWith("--")) {
            problems.add("%s: options begin with -- (quote a glob, and repeat an option for each file) (%s)"
                    .formatted(argument, ORIGIN.where()));
            return index + 1;
        }
        int equals = argument.indexOf('=');
        String option = equals < 0 ? argument : argument.substring(0, equals);
        Optional<String> following = Optional.of(index + 1)
                .filter(next -> next < arguments.size())
                .map(arguments::get)
                .filter(text -> !text.startsWith("--"));
        Optional<Key<?>> key = table.ofOption(option);
        if (key.isEmpty()) {
            problems.add("%s: unknown option%s (%s)"
                    .formatted(option, Suggestion.sentence(option, table.options()), ORIGIN.where()));
            return equals < 0 && following.isPresent() ? index + 2 : index + 1;
        }
        if (equals >= 0) {
            give(key.get(), argument.substring(equals + 1));
            return index + 1;
        }
        return takeFollowing(key.get(), following, index);
    }

    private int takeFollowing(Key<?> key, Optional<String> following, int index) {
        if (key.type().arity() == Arity.FLAG) {
            boolean written = following
                    .filter(text -> text.equals("true") || text.equals("false"))
                    .isPresent();
            give(key, written ? following.get() : "true");
            return written ? index + 2 : index + 1;
        }
        if (following.isEmpty()) {
            problems.add(key, List.of(), ORIGIN, "needs a value: " + key.type().allowed());
            return index + 1;
        }
        give(key, following.get());
        return index + 2;
    }

    private void give(Key<?> key, String text) {
        List<String> given = texts.computeIfAbsent(key, any -> new ArrayList<>());
        if (!given.isEmpty() && !key.type().isList()) {
            problems.add(key, List.of(text), ORIGIN, "already given as " + given.get(0));
            return;
        }
        given.addAll(split(key, text));
    }

    /** Returns the elements of a list that is written as one text. */
    static List<String> split(Key<?> key, String text) {
        return key.type().arity() == Arity.COMMAS
                ? Arrays.stream(text.split(",", -1)).map(String::strip).toList()
                : List.of(text);
    }
}

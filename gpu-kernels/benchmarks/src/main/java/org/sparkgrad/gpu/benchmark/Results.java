package org.sparkgrad.gpu.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lines of JSON, a number each: a table on the screen, and an array in a file that is whole after every line. */
final class Results {
    private static final Pattern TEXT = Pattern.compile("\"(case|system|metric|unit)\": \"([^\"]*)\"");
    private static final Pattern VALUE = Pattern.compile("\"(median|min|max)\": ([^,}]*)");

    private final Optional<Path> file;
    private final List<String> lines = new ArrayList<>();

    Results(Optional<Path> file) {
        this.file = file;
    }

    void add(String line) throws IOException {
        lines.add(line);
        System.out.println(row(line));
        if (file.isPresent()) {
            Files.writeString(file.get(), "[\n  " + String.join(",\n  ", lines) + "\n]\n");
        }
    }

    private static String row(String json) {
        List<Object> cells = new ArrayList<>();
        Matcher text = TEXT.matcher(json);
        while (text.find()) {
            cells.add(text.group(2));
        }
        Matcher value = VALUE.matcher(json);
        while (value.find()) {
            cells.add(Double.parseDouble(value.group(2)));
        }
        return String.format("%-28s %-10s %-16s %-8s %12.5g %12.5g %12.5g", cells.toArray());
    }
}

package org.sparkgrad.job.registry;

import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;

/**
 * JSON files numbered from 1 in a folder. Each is written once, whole, under a number that one writer alone gets: so the
 * last one is a pointer that moves atomically, and together they are its history.
 *
 * @param <T> what a file holds
 */
final class NumberedFiles<T> {
    private static final Pattern NAME = Pattern.compile("\\d{8}\\.json");
    private static final int DIGITS = 8;

    private final RegistryFiles files;
    private final Path folder;
    private final Class<T> type;

    NumberedFiles(RegistryFiles files, Path folder, Class<T> type) {
        this.files = files;
        this.folder = folder;
        this.type = type;
    }

    /** Returns the numbers in use, in order. */
    List<Integer> numbers() {
        return files.names(folder).stream()
                .filter(name -> NAME.matcher(name).matches())
                .map(name -> Integer.valueOf(name.substring(0, DIGITS)))
                .toList();
    }

    /** Returns the greatest number in use. */
    OptionalInt last() {
        return numbers().stream().mapToInt(Integer::intValue).max();
    }

    T get(int number) {
        Path file = file(number, "json");
        return Json.read(files.read(file), type, file);
    }

    /** Returns what all files hold, in order. */
    List<T> all() {
        return numbers().stream().map(this::get).toList();
    }

    /** Writes a file and returns true, or returns false if the number is in use. */
    boolean create(int number, T value) {
        return files.createNew(file(number, "json"), Json.text(value));
    }

    /** Writes a file under the next number, and returns that. */
    int append(T value) {
        int number = last().orElse(0) + 1;
        while (!create(number, value)) {
            number++;
        }
        return number;
    }

    /** Returns a file that goes with a number. */
    Path file(int number, String ending) {
        return new Path(folder, "%08d.%s".formatted(number, ending));
    }
}

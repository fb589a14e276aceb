package org.sparkgrad.job.files;

import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;
import org.sparkgrad.job.problem.JobException;

/**
 * JSON files numbered from 1 in a folder. Each is written once, whole, under a number that one writer alone gets: so the
 * last one is a pointer that moves atomically, and together they are its history.
 *
 * @param <T> what a file holds
 */
public final class NumberedFiles<T> {
    private static final Pattern NAME = Pattern.compile("\\d{8}\\.json");
    private static final int DIGITS = 8;

    private final StoredFiles files;
    private final Path folder;
    private final Class<T> type;

    /**
     * @param folder where; need not exist
     * @param type what a file holds
     */
    public NumberedFiles(StoredFiles files, Path folder, Class<T> type) {
        this.files = files;
        this.folder = folder;
        this.type = type;
    }

    /** Returns the numbers in use, in order. */
    public List<Integer> numbers() {
        return files.names(folder).stream()
                .filter(name -> NAME.matcher(name).matches())
                .map(name -> Integer.valueOf(name.substring(0, DIGITS)))
                .toList();
    }

    /** Returns the greatest number in use. */
    public OptionalInt last() {
        return numbers().stream().mapToInt(Integer::intValue).max();
    }

    /**
     * Returns what a file holds.
     *
     * @throws JobException (RESOURCES) if it is damaged
     */
    public T get(int number) {
        Path file = file(number, "json");
        return Json.read(files.read(file), type, file);
    }

    /** Returns what all files hold, in order. */
    public List<T> all() {
        return numbers().stream().map(this::get).toList();
    }

    /** Writes a file and returns true, or returns false if the number is in use. */
    public boolean create(int number, T value) {
        return files.createNew(file(number, "json"), Json.text(value));
    }

    /** Writes a file under the next number, and returns that. */
    public int append(T value) {
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

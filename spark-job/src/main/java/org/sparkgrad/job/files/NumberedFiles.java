package org.sparkgrad.job.files;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparkgrad.job.problem.JobException;

/**
 * JSON files numbered from 1 in a folder. Each is written once, whole, under a number that one writer alone gets: so the
 * last one is a pointer that moves atomically, and together they are its history.
 *
 * @param <T> what a file holds
 */
public final class NumberedFiles<T> {
    private static final Logger LOG = LoggerFactory.getLogger(NumberedFiles.class);
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

    /** Returns what all files hold, in order; damaged ones are left out, and the log says so. */
    public List<T> all() {
        return numbers().stream().map(this::find).flatMap(Optional::stream).toList();
    }

    /** Returns what the greatest number's file holds, or where that is damaged the one before it, and the log says so. */
    public Optional<T> newest() {
        List<Integer> numbers = numbers();
        for (int i = numbers.size() - 1; i >= 0; i--) {
            Optional<T> found = find(numbers.get(i));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<T> find(int number) {
        String text = files.read(file(number, "json"));
        try {
            return Optional.of(Json.read(text, type, file(number, "json")));
        } catch (JobException damaged) {
            LOG.warn("{}; what is before it counts", damaged.getMessage());
            return Optional.empty();
        }
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

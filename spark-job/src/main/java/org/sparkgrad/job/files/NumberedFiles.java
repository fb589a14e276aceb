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
 * JSON files that are numbered from 1 in a folder. Each file is written once, completely, under a number that only one
 * writer gets. So the last file is a pointer that changes atomically, and all files are its history.
 *
 * @param <T> the content of a file
 */
public final class NumberedFiles<T> {
    private static final Logger LOG = LoggerFactory.getLogger(NumberedFiles.class);
    private static final Pattern NAME = Pattern.compile("\\d{8}\\.json");
    private static final int DIGITS = 8;

    private final StoredFiles files;
    private final Path folder;
    private final Class<T> type;

    /**
     * @param folder the folder, which need not exist
     * @param type the class of the content
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

    /** Returns the largest number in use. */
    public OptionalInt last() {
        return numbers().stream().mapToInt(Integer::intValue).max();
    }

    /**
     * Returns the content of a file.
     *
     * @throws JobException (RESOURCES) if the file is damaged
     */
    public T get(int number) {
        Path file = file(number, "json");
        return Json.read(files.read(file), type, file);
    }

    /** Returns the contents of all files, in order. Damaged files are omitted and logged. */
    public List<T> all() {
        return numbers().stream().map(this::find).flatMap(Optional::stream).toList();
    }

    /**
     * Returns the content of the last file. If this file is damaged, a warning is logged and the previous file is used.
     */
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

    /** Writes a file under the next number and returns the number. */
    public int append(T value) {
        int number = last().orElse(0) + 1;
        while (!create(number, value)) {
            number++;
        }
        return number;
    }

    /** Returns the path of another file with the same number. */
    Path file(int number, String ending) {
        return new Path(folder, "%08d.%s".formatted(number, ending));
    }
}

package org.sparkgrad.job.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sparkgrad.job.TestSpark;
import org.sparkgrad.job.problem.ExitCode;

/** Command lines run in this JVM, on one Spark session that they borrow, and what they leave in a folder. */
final class CommandRuns {
    private static final int MOST_LINES = 6;

    private final Path folder;

    CommandRuns(Path folder) {
        this.folder = folder;
    }

    /** How a command ended. */
    record Ended(ExitCode code, String out, String err) {
        /** Returns what went wrong, as standard error ends with it, or nothing. */
        String message() {
            int start = ("\n" + err).lastIndexOf("\nsparkgrad: ");
            return start < 0
                    ? ""
                    : err.substring(start + "sparkgrad: ".length()).strip();
        }
    }

    /** Runs words between blanks; {@code @name} is a path in the folder. */
    Ended run(String arguments) {
        TestSpark.session("local[2]");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        List<String> words = Stream.of(arguments.strip().split(" +"))
                .map(word -> word.replace("@", folder + "/"))
                .toList();
        if (words.get(0).equals("train") && !words.contains("--engine")) {
            words = Stream.concat(words.stream(), Stream.of("--engine", "cpu")).toList();
        }
        ExitCode code = Main.run(words, MainTest.printTo(out), MainTest.printTo(err));
        return new Ended(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Runs a command that has to work. */
    void ok(String arguments) {
        Ended ended = run(arguments);
        assertEquals(ExitCode.OK, ended.code(), ended.err());
    }

    /**
     * Runs a command that has to end with an exit code and a message of a few lines, and to leave nothing but, where
     * its work had begun, the failure's summary.
     *
     * @param said what the message has to contain; {@code @name} is a path in the folder
     * @param begun whether {@code out.failed} has to be there afterwards
     */
    Ended refused(ExitCode code, String arguments, String said, boolean begun) {
        Set<String> before = names();
        Ended ended = run(arguments);
        String what = arguments + "\n" + ended.err();
        assertEquals(code, ended.code(), what);
        assertTrue(ended.message().contains(said.replace("@", folder + "/")), () -> said + "\nis not in\n" + what);
        assertFalse(ended.err().contains("\tat "), what);
        assertFalse(ended.err().contains("Exception"), what);
        assertTrue(ended.message().lines().count() <= MOST_LINES, what);
        assertEquals("", ended.out());
        Set<String> expected = new TreeSet<>(before);
        if (begun) {
            expected.add("out.failed");
            assertFailureTold(ended);
        }
        assertEquals(expected, names(), what);
        if (begun) {
            delete("out.failed");
        }
        return ended;
    }

    private void assertFailureTold(Ended ended) {
        assertEquals(
                Set.of("summary.json"),
                names(folder.resolve("out.failed")).stream()
                        .filter(name -> !name.endsWith(".crc"))
                        .collect(Collectors.toSet()));
        JsonNode summary = json("out.failed/summary.json");
        assertEquals(
                ended.code() == ExitCode.DIVERGED ? "diverged" : "failed",
                summary.path("status").asText());
        assertEquals(
                summary.path("error").asText().replace("\n", "\n  ").strip(), ended.message(), "what the summary says");
    }

    /** Returns the names in the folder. */
    Set<String> names() {
        return names(folder);
    }

    /** Returns a file of JSON in the folder. */
    JsonNode json(String name) {
        try {
            return new ObjectMapper().readTree(folder.resolve(name).toFile());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Removes a file or folder in the folder, and all below it. */
    void delete(String name) {
        try (Stream<Path> all = Files.walk(folder.resolve(name))) {
            for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Set<String> names(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName())).collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}

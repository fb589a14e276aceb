package org.sparkgrad.job.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkgrad.job.config.Key;
import org.sparkgrad.job.config.TrainKeys;
import org.sparkgrad.job.problem.ExitCode;

class MainTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            trian                                | trian: unknown command; did you mean train?
            help trian                           | trian: unknown command; did you mean train?
            train --epoch 3 --data a --output b  | --epoch: unknown option; did you mean --epochs?
            generate --rows 0 --output x         | --rows 0: must be a whole number of at least 1
            generate --rows 5                    | --output: the folder to write is missing
            devices --all                        | --all: unknown option
            """)
    void aWrongCommandLineEndsWithUsage(String arguments, String line) {
        assertEquals(ExitCode.USAGE, run(arguments.split(" +")));

        assertTrue(text(err).startsWith("sparkgrad: " + line), text(err));
        assertEquals("", text(out));
        assertTrue(!text(err).contains("\tat "), text(err));
    }

    @Test
    void verboseShowsWhere() {
        assertEquals(ExitCode.USAGE, run("generate", "--verbose"));

        assertTrue(text(err).contains("\tat org.sparkgrad"), text(err));
    }

    @Test
    void manyProblemsAreALineEach() {
        run("train", "--tol", "x", "--epochs", "0");

        assertEquals("""
                sparkgrad: --tol x: must be a number of at least 0 (command line)
                  --epochs 0: must be a whole number of at least 1 (command line)
                  --data: missing; name the files to train on, by option or in a file given with --config
                  --output: missing; name the folder for the result, by option or in a file given with --config
                """, text(err));
    }

    @ParameterizedTest
    @ValueSource(strings = {"help", "--help", "-h"})
    void helpListsTheCommands(String argument) {
        assertEquals(ExitCode.OK, run(argument));

        for (String word : List.of("train", "generate", "devices", "--master", "COMMAND --help")) {
            assertTrue(text(out).contains(word), word);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"train --help", "help train", "train --epochs none -h"})
    void helpOfTrainMentionsEveryKeyWithin100Columns(String arguments) {
        assertEquals(ExitCode.OK, run(arguments.split(" ")));

        for (Key<?> key : TrainKeys.COMMAND_LINE.keys()) {
            String option = "  %s %s%n".formatted(key.option(), key.type().placeholder());
            assertTrue(text(out).contains(option), option);
        }
        assertTrue(text(out).lines().allMatch(line -> line.length() <= 100), text(out));
        assertTrue(text(out).contains("[1e-6]"), text(out));
    }

    @Test
    void devicesSaysWhatAutoTakes() {
        assertEquals(ExitCode.OK, run("devices"));

        assertTrue(text(out).contains("--engine auto takes "), text(out));
    }

    private ExitCode run(String... arguments) {
        return Main.run(List.of(arguments), printTo(out), printTo(err));
    }

    static PrintStream printTo(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}

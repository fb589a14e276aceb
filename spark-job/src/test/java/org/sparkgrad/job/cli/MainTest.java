package org.sparkgrad.job.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sparkgrad.job.config.Key;
import org.sparkgrad.job.config.TrainKeys;
import org.sparkgrad.job.problem.ExitCode;

class MainTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private ExitCode run(String... arguments) {
        return Main.run(
                List.of(arguments),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void helpNamesTheCommandsAndTheLaunchersOptions() {
        assertEquals(ExitCode.OK, run("--help"));
        for (String word : List.of("train", "generate", "devices", "--master", "--spark-conf")) {
            assertTrue(out().contains(word), word);
        }
        assertEquals(ExitCode.OK, run());
    }

    @Test
    void theHelpOfTrainHasEveryKeyAndFitsAHundredColumns() {
        assertEquals(ExitCode.OK, run("train", "--help"));
        for (Key<?> key : TrainKeys.COMMAND_LINE.keys()) {
            assertTrue(out().contains("  " + key.option() + " "), key.option());
        }
        assertTrue(out().lines().allMatch(line -> line.length() <= 100), out());
    }

    @Test
    void anUnknownCommandIsAUsageErrorWithASuggestion() {
        assertEquals(ExitCode.USAGE, run("trian"));
        assertTrue(err().contains("trian") && err().contains("train"), err());
    }

    @Test
    void allProblemsAreToldAtOnce() {
        assertEquals(
                ExitCode.USAGE,
                run("train", "--reg-parm", "1", "--epochs", "0", "--optimizer", "newton", "--data", "x.csv"));
        for (String word : List.of("--reg-parm", "--reg-param", "--epochs", "newton", "lbfgs", "--output")) {
            assertTrue(err().contains(word), word + " in " + err());
        }
        assertFalse(err().contains("\tat "), err());
    }

    @Test
    void verboseShowsWhere() {
        run("train", "--verbose");
        assertTrue(err().contains("\tat "), err());
    }

    @Test
    void devicesSaysWhatAutoTakes() {
        assertEquals(ExitCode.OK, run("devices"));
        assertTrue(out().contains("--engine auto takes"), out());
    }

    @Test
    void generateNeedsAnOutputAndRows() {
        assertEquals(ExitCode.USAGE, run("generate", "--kind", "pets"));
        assertTrue(err().contains("--output"), err());
        assertEquals(ExitCode.USAGE, run("generate", "--rows", "0", "--output", "x"));
        assertEquals(ExitCode.USAGE, run("generate", "--kind", "fish", "--output", "x"));
    }
}

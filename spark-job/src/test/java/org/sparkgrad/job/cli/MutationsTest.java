package org.sparkgrad.job.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkgrad.job.problem.ExitCode;

/**
 * Small valid files of each format, damaged at random from a fixed seed: training ends with an exit code of the contract,
 * a few lines and no stack trace; and a model, where there is one, has seen every record that a plain reader finds.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MutationsTest {
    private static final int MUTATIONS = 25;
    private static final long SEED = 20261121;

    @TempDir
    private static Path folder;

    private static CommandRuns runs;
    private static List<MutationFile> files = List.of();

    @BeforeAll
    static void writeFiles() throws IOException {
        runs = new CommandRuns(folder);
        files = MutationFile.write(folder, runs);
        for (MutationFile file : files) {
            runs.ok(train(file, file.name()));
            assertEquals(
                    file.records(file.bytes()),
                    runs.json("out/summary.json").at("/data/rows").asLong());
            runs.delete("out");
        }
    }

    static Stream<Arguments> mutations() {
        return IntStream.range(0, MutationFile.NAMES.length * MUTATIONS)
                .mapToObj(number -> Arguments.of(MutationFile.NAMES[number / MUTATIONS], number));
    }

    @AfterEach
    void removeWhatIsLeft() {
        runs.names().stream().filter(name -> name.startsWith("out")).forEach(runs::delete);
    }

    @ParameterizedTest
    @MethodSource("mutations")
    void neverATraceNorAModelOfHalfTheData(String name, int number) throws IOException {
        MutationFile file = files.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
        byte[] bytes = Mutation.of(file.bytes(), new SplittableRandom(SEED + number));
        Files.write(folder.resolve("bad-" + name), bytes);
        CommandRuns.Ended ended = runs.run(train(file, "bad-" + name));
        String what = name + " " + number + ", " + ended.code() + "\n" + ended.err();
        assertNotEquals(ExitCode.INTERNAL, ended.code(), what);
        assertFalse(ended.err().contains("\tat "), what);
        assertFalse(runs.names().contains("out.running"), what);
        assertEquals(ended.code() == ExitCode.OK, runs.names().contains("out"), what);
        if (ended.code() == ExitCode.OK) {
            assertEquals(
                    file.records(bytes),
                    runs.json("out/summary.json").at("/data/rows").asLong(),
                    what);
        } else {
            assertTrue(ended.message().length() > 10, what);
        }
    }

    private static String train(MutationFile file, String name) {
        return "train " + file.options().replace("DATA", "@" + name) + " --max-iter 3 --output @out";
    }
}

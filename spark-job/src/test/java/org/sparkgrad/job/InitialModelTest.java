package org.sparkgrad.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkgrad.job.config.TrainConfiguration;
import org.sparkgrad.job.config.TrainSettings;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.JobException;
import org.sparkgrad.job.report.Progress;
import org.sparkgrad.job.report.TrainingSummary;
import org.sparkgrad.job.run.Trainer;

/** A saved model as the start of another training. */
class InitialModelTest {
    private static final List<String> LABELS = List.of("red", "green", "blue");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {"--family=multinomial", "--fit-intercept=false", "--standardization=false", "--dense=false"})
    void trainingGoesOnWhereItEnded(String option) throws IOException {
        write("data.csv", 3, 1);
        TrainingSummary first = train("data.csv", "first", "--max-iter=60", "--tol=0", option);
        TrainingSummary second =
                train("data.csv", "second", "--max-iter=3", option, "--initial-model=" + folder.resolve("first/model"));
        assertEquals(first.objective(), second.objectiveHistory().get(0), 1e-12);
        assertTrue(second.steps() <= 3);
        assertEquals(second.steps() + 1, second.objectiveHistory().size(), "a state for each step, and the first one");
        assertEquals(first.steps() + 1, first.objectiveHistory().size());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void labelsMayHaveAnotherOrder(int classes) throws IOException {
        write("data.csv", classes, 1);
        train("data.csv", "first", "--max-iter=60", "--tol=1e-10");
        List<String> lines = Files.readAllLines(folder.resolve("data.csv"));
        lines.removeIf(line -> line.endsWith("red") && line.hashCode() % 3 != 0);
        Files.write(folder.resolve("fewer.csv"), lines);
        TrainingSummary cold = train("fewer.csv", "cold", "--max-iter=0");
        List<String> other = new ArrayList<>(LABELS.subList(0, classes));
        TrainingSummary warm = train(
                settings -> settings.withFirstLabels(other),
                "fewer.csv",
                "warm",
                "--max-iter=0",
                "--initial-model=" + folder.resolve("first/model"));
        assertEquals(other, warm.data().labels());
        assertNotEquals(other, cold.data().labels());
        assertTrue(warm.objective() < 0.7 * cold.objective(), warm.objective() + " after " + cold.objective());
    }

    @Test
    void anotherShapeIsRefused() throws IOException {
        write("two.csv", 2, 1);
        write("three.csv", 3, 1);
        train("two.csv", "two");
        String model = "--initial-model=" + folder.resolve("two/model");
        assertRefused("has 1 outputs, and the training has 3", "three.csv", model);
        assertRefused("has 1 outputs, and the training has 2", "two.csv", "--family=multinomial", model);
        Files.writeString(
                folder.resolve("other.csv"),
                Files.readString(folder.resolve("two.csv")).replace("green", "grey"));
        assertRefused("has the labels green, red, and the data have grey, red", "other.csv", model);
        assertRefused("no model", "two.csv", "--initial-model=" + folder.resolve("nowhere"));
    }

    private void assertRefused(String message, String data, String... options) {
        JobException refused = assertThrows(JobException.class, () -> train(data, "refused", options));
        assertEquals(ExitCode.DATA, refused.exitCode());
        assertTrue(String.valueOf(refused.getMessage()).contains(message), refused.getMessage());
    }

    private void write(String name, int classes, long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            int label = Math.max(0, random.nextInt(classes + 1) - 1);
            double x = 3 * label + random.nextGaussian();
            lines.add("%s,%s,%s".formatted(x, 100 + x + 5 * random.nextGaussian(), LABELS.get(label)));
        }
        Files.write(folder.resolve(name), lines);
    }

    private TrainingSummary train(String data, String output, String... options) {
        return train(settings -> settings, data, output, options);
    }

    private TrainingSummary train(UnaryOperator<TrainSettings> change, String data, String output, String... options) {
        List<String> arguments = new ArrayList<>(List.of(
                "--data=" + folder.resolve(data),
                "--output=" + folder.resolve(output),
                "--engine=cpu",
                "--precision=double",
                "--reg-param=0.001"));
        arguments.addAll(List.of(options));
        TrainConfiguration configuration = TrainConfiguration.read(arguments);
        return Trainer.train(
                TestSpark.session("local[2]"),
                change.apply(configuration.settings()),
                configuration.config(),
                Progress.SILENT);
    }
}

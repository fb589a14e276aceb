package org.sparkgrad.job.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgrad.job.problem.ExitCode;

/** Nights whose labels tip over and whose columns move. */
class ScheduledLabelsTest {
    private static final int ROWS = 600;

    @TempDir
    private Path folder;

    private CommandRuns runs;

    @BeforeEach
    void start() {
        runs = new CommandRuns(folder);
    }

    @Test
    void thePositiveClassStaysWhenCountsTipOver() throws IOException {
        night(1, "x,colour,label", 0.6, "");
        night(2, "x,colour,label", -0.6, "");
        assertEquals(List.of("no", "yes"), labels(1));
        assertEquals(List.of("no", "yes"), labels(2));
        assertEquals(sign(1), sign(2));
        assertTrue(warm(2));
    }

    @Test
    void thePromotedModelsOrderGoesBeforeTheNames() throws IOException {
        night(1, "x,colour,label", 0, "--positive-label no");
        String err = night(2, "colour,x,label", 0, "");
        assertEquals(List.of("yes", "no"), labels(1));
        assertEquals(List.of("yes", "no"), labels(2));
        assertTrue(err.contains("labels: yes (0), no (1, positive)"), err);
        assertTrue(warm(2), "its columns moved, and have their names");
        assertTrue(err.contains("starts at version 1"), err);
        double first = objectives(2).get(0).asDouble();
        double last = objectives(2).get(objectives(2).size() - 1).asDouble();
        assertTrue(first < last + 0.05, first + " is near " + last);
        night(3, "colour,x,label", 0, "--positive-label yes");
        assertEquals(List.of("no", "yes"), labels(3), "what is asked for goes before");
    }

    private String night(int day, String header, double intercept, String options) throws IOException {
        String date = "2026-01-%02d".formatted(day);
        SplittableRandom random = new SplittableRandom(day);
        List<String> colours = List.of("red", "green", "blue");
        List<String> lines = new ArrayList<>(List.of(header));
        for (int row = 0; row < ROWS; row++) {
            double x = random.nextGaussian();
            int colour = random.nextInt(3);
            double margin = 2 * x + 2 * colour - 2 + intercept;
            String cells = header.startsWith("x") ? x + "," + colours.get(colour) : colours.get(colour) + "," + x;
            lines.add(cells + (random.nextDouble() < 1 / (1 + Math.exp(-margin)) ? ",yes" : ",no"));
        }
        Files.write(Files.createDirectories(folder.resolve("nights")).resolve(date + ".csv"), lines);
        CommandRuns.Ended ended = runs.run(
                "scheduled --registry @registry --data @nights/{date}.csv --header --engine cpu --run-id " + date
                        + " --validation-fraction 0.2 --optimizer lbfgs --reg-param 1e-3 --log-loss-margin 1 --auc-margin 1"
                        + " --label-share-drift 1 " + options);
        assertEquals(ExitCode.OK, ended.code(), ended.err());
        return ended.err();
    }

    private JsonNode version(int number, String file) {
        return runs.json("registry/models/model/" + number + "/" + file);
    }

    private List<String> labels(int number) {
        List<String> labels = new ArrayList<>();
        version(number, "summary.json").path("data").path("labels").forEach(label -> labels.add(label.asText()));
        return labels;
    }

    private JsonNode objectives(int number) {
        return version(number, "summary.json").path("objectiveHistory");
    }

    private boolean warm(int number) {
        return version(number, "manifest.json").path("warmStart").asBoolean();
    }

    /** Returns the sign of the coefficient of x, the first feature. */
    private double sign(int number) {
        JsonNode model = version(number, "model.json");
        assertEquals("x", model.path("columns").get(0).path("name").asText());
        double coefficient = model.at("/coefficients/0/coefficients/values/0").asDouble();
        assertNotEquals(0, coefficient, model.toString());
        return Math.signum(coefficient);
    }
}

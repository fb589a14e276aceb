package org.sparkgrad.job.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The launcher's process, stopped by a signal or killed, with executors in JVMs of their own, and the run that goes on;
 * without such executors it is in ScheduledIT, and without the launcher in ResumeCommandTest.
 */
class ResumeIT {
    private static final int LEAST_CHECKPOINTS = 3;

    @TempDir
    private static Path folder;

    private static Launcher launcher;
    private static JsonNode whole;

    @BeforeAll
    static void trainUndisturbed() {
        launcher = new Launcher(folder, Launcher.SHORT_LIVED);
        launcher.sparkgrad("generate", "--kind", "pets", "--rows", "3000", "--output", "pets")
                .ok();
        launcher.sparkgrad(train("local[2]", "whole")).ok();
        whole = launcher.summary("whole");
    }

    private static String[] train(String master, String output, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--master",
                master,
                "train",
                "--data",
                "pets",
                "--format",
                "csv",
                "--header",
                "true",
                "--label",
                "species",
                "--engine",
                "cpu",
                "--optimizer",
                "adam",
                "--batch-size",
                "100",
                "--epochs",
                "20",
                "--tol",
                "0",
                "--checkpoint-steps",
                "1",
                "--output",
                output));
        arguments.addAll(List.of(more));
        return arguments.toArray(new String[0]);
    }

    private static int signalled(String signal, String master, String output) {
        return launcher.signalled(
                signal, folder.resolve(output + ".log"), () -> hasCheckpoints(output), train(master, output));
    }

    private static boolean hasCheckpoints(String output) {
        return Launcher.lastCheckpoint(folder.resolve(output + ".running")) >= LEAST_CHECKPOINTS;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "INT; 7; local-cluster[2,1,1024]; local[2]",
                "KILL; 137; local-cluster[2,1,1024]; local-cluster[2,1,1024]"
            })
    void theSameModelComesOut(String signal, int status, String master, String laterMaster) throws Exception {
        String output = signal.toLowerCase(java.util.Locale.ROOT);
        assertEquals(status, signalled(signal, master, output), () -> read(folder.resolve(output + ".log")));
        assertFalse(Files.exists(folder.resolve(output)));

        Launcher.Ended resumed =
                launcher.sparkgrad(train(laterMaster, output, "--resume")).ok();

        assertTrue(resumed.err().contains("going on after step"), resumed.err());
        JsonNode summary = launcher.summary(output);
        for (String name : List.of("coefficientsSha256", "objectiveHistory", "steps", "evaluations")) {
            assertEquals(whole.path(name), summary.path(name), name);
        }
    }
}

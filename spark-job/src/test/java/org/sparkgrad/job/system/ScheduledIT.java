package org.sparkgrad.job.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scheduling guide's first lines, by the launcher: two starts of one run at once, and one that is killed. */
class ScheduledIT {
    private static final int KILLED = 128 + 9;
    private static final int LEAST_CHECKPOINT = 3;

    @TempDir
    private static Path folder;

    @Test
    void twoStartsTrainOnceAndAThirdDoesNothing() throws Exception {
        Launcher launcher = new Launcher(folder, Launcher.SHORT_LIVED);
        String config = Launcher.ROOT.resolve("conf/scheduled.conf").toString();
        Callable<Launcher.Ended> start = () -> launcher.sparkgrad(
                "--log", "json", "scheduled", "--config", config, "--registry", "registry", "--run-id", "2026-01-01");
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<Launcher.Ended>> both = threads.invokeAll(List.of(start, start));
            String first = both.get(0).get().ok().out();
            String second = both.get(1).get().ok().out();
            assertEquals(
                    1,
                    List.of(first, second).stream()
                            .filter(out -> out.contains("is done: version 1 is promoted"))
                            .count(),
                    first + second);
            for (String line : both.get(0).get().err().lines().toList()) {
                // Aparapi and the JVM warn by themselves, past any logger.
                boolean ours = !line.isBlank() && !line.startsWith("WARNING: ");
                assertTrue(!ours || new ObjectMapper().readTree(line).has("message"), line);
            }
        } finally {
            threads.shutdownNow();
        }
        JsonNode shown = show(launcher, "registry");
        assertTrue(start.call().ok().out().contains("was done before"));
        assertEquals(shown, show(launcher, "registry"));
        assertEquals(1, shown.path("promoted").asInt());
        assertEquals(1, shown.path("versions").size());
        assertEquals(1, shown.path("runs").size());
    }

    @Test
    void theSameCommandGoesOnWithAKilledTraining() throws Exception {
        Launcher launcher = new Launcher(folder, Launcher.SHORT_LIVED);
        launcher.sparkgrad(training("undisturbed")).ok();
        Path model = folder.resolve("killed/models/pets");
        int status = launcher.signalled(
                "KILL",
                folder.resolve("killed.log"),
                () -> Launcher.lastCheckpoint(model.resolve("candidates/2026-01-01.running")) >= LEAST_CHECKPOINT,
                training("killed"));
        assertEquals(KILLED, status);
        assertFalse(Files.exists(model.resolve("promoted")), "it was killed while it trained");

        Launcher.Ended resumed = launcher.sparkgrad(training("killed")).ok();

        Matcher step = Pattern.compile("going on after step (\\d+)").matcher(resumed.err());
        assertTrue(step.find() && Integer.parseInt(step.group(1)) >= LEAST_CHECKPOINT, resumed.err());
        JsonNode whole = launcher.summary("undisturbed/models/pets/1");
        JsonNode summary = launcher.summary("killed/models/pets/1");
        for (String name : List.of("coefficientsSha256", "objectiveHistory", "steps")) {
            assertEquals(whole.path(name), summary.path(name), name);
        }
        assertEquals(64, whole.path("coefficientsSha256").asText().length());
        JsonNode runs = show(launcher, "killed").path("runs");
        assertEquals("killed: training", runs.path(0).path("reasons").path(0).asText());
        assertEquals("promoted", runs.path(1).path("status").asText());
    }

    /** A run of many small steps over the same pets, each of them saved. */
    private static String[] training(String registry) {
        String config = Launcher.ROOT.resolve("conf/scheduled.conf").toString();
        return ("scheduled --config %s --registry %s --run-id 2026-01-01 --data pets/{date} --generate-rows 3000"
                        + " --minimum-rows 1000 --engine cpu --optimizer adam --batch-size 100 --epochs 40 --tol 0"
                        + " --checkpoint-steps 1")
                .formatted(config, registry)
                .split(" ");
    }

    private static JsonNode show(Launcher launcher, String registry) throws Exception {
        return new ObjectMapper()
                .readTree(launcher.sparkgrad("models", "show", "--registry", registry, "--json")
                        .ok()
                        .out());
    }
}

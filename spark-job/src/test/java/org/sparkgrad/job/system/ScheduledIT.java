package org.sparkgrad.job.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scheduling guide's first lines, by the launcher, and two starts of one run at once. */
class ScheduledIT {
    @TempDir
    private static Path folder;

    @Test
    void twoStartsTrainOnceAndAThirdDoesNothing() throws Exception {
        Launcher launcher = new Launcher(folder, Map.of());
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
        JsonNode shown = show(launcher);
        assertTrue(start.call().ok().out().contains("was done before"));
        assertEquals(shown, show(launcher));
        assertEquals(1, shown.path("promoted").asInt());
        assertEquals(1, shown.path("versions").size());
        assertEquals(1, shown.path("runs").size());
    }

    private static JsonNode show(Launcher launcher) throws Exception {
        return new ObjectMapper()
                .readTree(launcher.sparkgrad("models", "show", "--registry", "registry", "--json")
                        .ok()
                        .out());
    }
}

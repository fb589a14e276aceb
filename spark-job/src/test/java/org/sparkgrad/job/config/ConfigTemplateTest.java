package org.sparkgrad.job.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Guards conf/training.conf; with -Dsparkgrad.regenerate it is written anew. */
class ConfigTemplateTest {
    private static final Path FILE = Path.of("..", "conf", "training.conf");

    @Test
    void trainingConfIsAsTheTableOfKeysSays() throws IOException {
        String text = ConfigTemplate.text(TrainKeys.FILE);
        if (Boolean.getBoolean("sparkgrad.regenerate")) {
            Files.writeString(FILE, text);
        }
        assertEquals(
                text,
                Files.readString(FILE),
                "conf/training.conf is stale; write it anew with: mvn -pl spark-job -am test -Dtest=ConfigTemplateTest"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -Dsparkgrad.regenerate=true");
    }

    @Test
    void trainingConfChangesNothing() {
        List<String> required = List.of("--data", "a", "--output", "b");
        TrainConfiguration withFile =
                TrainConfiguration.read(List.of("--data", "a", "--output", "b", "--config", FILE.toString()));

        assertEquals(TrainConfiguration.read(required), withFile);
    }

    @Test
    void demoConfIsValid() {
        TrainConfiguration demo = TrainConfiguration.read(
                List.of("--config", Path.of("..", "conf", "demo.conf").toString()));

        assertEquals(List.of("out/pets"), demo.settings().data().data());
    }

    /** A folder's name in data is all that is in it: nights in the demo's folder would become rows of the demo. */
    @Test
    void theGuidesKeepTheirDataInFoldersOfTheirOwn() {
        ScheduledConfiguration nights = ScheduledConfiguration.read(List.of(
                "--config",
                Path.of("..", "conf", "scheduled.conf").toString(),
                "--registry",
                "out/registry",
                "--run-id",
                "2026-01-01"));
        Path night = Path.of(nights.training("", null).settings().data().data().get(0));

        assertEquals(Path.of("out/nights/2026-01-01"), night);
        assertFalse(night.startsWith("out/pets"));
    }
}

package org.sparkgrad.job.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
}

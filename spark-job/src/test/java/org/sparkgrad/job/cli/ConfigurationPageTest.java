package org.sparkgrad.job.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.sparkgrad.job.config.Key;

/** Guards docs/configuration.md; with -Dsparkgrad.regenerate it is written anew. */
class ConfigurationPageTest {
    private static final Path FILE = Path.of("..", "docs", "configuration.md");

    @Test
    void thePageIsAsTheCommandsSay() throws IOException {
        String text = ConfigurationPage.of(Main.COMMANDS);
        if (Boolean.getBoolean("sparkgrad.regenerate")) {
            Files.writeString(FILE, text);
        }
        assertEquals(
                text,
                Files.readString(FILE),
                "docs/configuration.md is stale; write it anew with: mvn -pl spark-job -am test"
                        + " -Dtest=ConfigurationPageTest -Dsurefire.failIfNoSpecifiedTests=false"
                        + " -Dsparkgrad.regenerate=true");
    }

    @Test
    void itHasEveryOptionOfEveryCommand() {
        String text = ConfigurationPage.of(Main.COMMANDS);
        for (Command command : Main.COMMANDS) {
            String section = text.substring(text.indexOf("## " + command.name() + "\n"));
            for (Key<?> key : command.options().keys()) {
                assertTrue(section.contains("`" + key.option() + "`"), command.name() + " " + key.option());
            }
        }
    }

    @Test
    void theLauncherReadsTheOptionsThatThePageNames() throws IOException {
        String script = Files.readString(Path.of("..", "scripts", "sparkgrad"));
        for (LauncherOption option : LauncherOption.ALL) {
            assertTrue(script.contains("#   %s %s ".formatted(option.option(), option.placeholder())), option.option());
        }
    }
}

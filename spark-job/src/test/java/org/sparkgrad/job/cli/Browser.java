package org.sparkgrad.job.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A real browser, Chromium, without a screen; tests that need it are skipped where there is none. */
final class Browser {
    private static final int MOST_SECONDS = 60;
    /** Requests; those to its maker are the browser's own. */
    private static final Pattern REQUEST =
            Pattern.compile("\"url\":\"((?:https?|wss?|ftp)://(?!\\w+\\.(?:google|googleapis|gvt1)\\.com/)[^\"]*)\"");

    /** Leaves in the page what a test has to know of it. */
    private static final String PROBE = """
            <script>
            const charts = Object.values(Chart.instances).map(c => c.data.datasets.map(d => d.data));
            const probe = document.createElement('pre');
            probe.id = 'probe';
            probe.textContent = JSON.stringify({charts, width: innerWidth, wide: document.documentElement.scrollWidth});
            document.body.append(probe);
            </script>
            """;

    private Browser() {}

    /** Returns the page's elements as text after its scripts have run. */
    static String shown(Path page, int width) {
        try {
            Path folder = Files.createTempDirectory("browser");
            String html = Files.readString(page);
            int end = html.lastIndexOf("</body>");
            Path probed = folder.resolve("page.html");
            Files.writeString(probed, html.substring(0, end) + PROBE + html.substring(end));
            Path errors = folder.resolve("errors");
            Path dom = folder.resolve("dom");
            Process chromium = new ProcessBuilder(
                            chromium(),
                            "--headless",
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-dev-shm-usage",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-features=NetworkTimeServiceQuerying",
                            "--no-first-run",
                            "--enable-logging=stderr",
                            "--user-data-dir=" + folder.resolve("profile"),
                            "--log-net-log=" + folder.resolve("net.json"),
                            "--virtual-time-budget=2000",
                            "--window-size=" + width + ",2000",
                            "--dump-dom",
                            probed.toUri().toString())
                    .redirectOutput(dom.toFile())
                    .redirectError(errors.toFile())
                    .start();
            if (!chromium.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
                chromium.destroyForcibly();
            }
            String said = Files.readString(errors, StandardCharsets.UTF_8);
            assertEquals(0, chromium.exitValue(), said);
            assertFalse(said.contains("CONSOLE"), said);
            Matcher request = REQUEST.matcher(Files.readString(folder.resolve("net.json"), StandardCharsets.UTF_8));
            assertFalse(request.find(), () -> "it asks for " + request.group(1));
            return Files.readString(dom, StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    /** Returns the points of each line of each chart; no part of the page may be wider than the window. */
    static JsonNode charts(Path page, int width) throws IOException {
        String shown = shown(page, width);
        assertTrue(shown.contains("data-ready=\"true\""), "the page's script has run to its end");
        Matcher probe = Pattern.compile("<pre id=\"probe\">(.*?)</pre>").matcher(shown);
        assertTrue(probe.find(), "the probe");
        JsonNode found = new ObjectMapper().readTree(probe.group(1));
        assertTrue(found.path("wide").asInt() <= found.path("width").asInt(), "wider than " + width);
        return found.path("charts");
    }

    private static String chromium() {
        List<String> names = List.of("chromium", "chromium-browser", "google-chrome");
        String path = System.getenv("PATH");
        return Stream.of((path == null ? "" : path).split(":"))
                .flatMap(folder -> names.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .map(Path::toString)
                .orElseGet(() -> {
                    assumeTrue(false, "no Chromium");
                    return "";
                });
    }
}

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

/**
 * A real browser, Chromium, without a screen; tests that need it are skipped where there is none, or fail where
 * SPARKGRAD_REQUIRE_BROWSER=1.
 */
final class Browser {
    private static final int MOST_SECONDS = 60;
    private static final int MARGIN = 100;
    /** Requests; those to its maker are the browser's own. */
    private static final Pattern REQUEST =
            Pattern.compile("\"url\":\"((?:https?|wss?|ftp)://(?!\\w+\\.(?:google|googleapis|gvt1)\\.com/)[^\"]*)\"");

    /** Tells the frame around the page what a test has to know of it. */
    private static final String PROBE = """
            <script>
            parent.postMessage({
              charts: Object.values(Chart.instances).map(c => c.data.datasets.map(d => d.data)),
              tables: Object.fromEntries([...document.querySelectorAll('[role=region]')].map(region =>
                [region.ariaLabel, [...region.querySelectorAll('tbody tr')].map(row => [...row.children].map(cell => cell.innerText))])),
              ready: document.documentElement.dataset.ready, width: innerWidth, wide: document.documentElement.scrollWidth,
            }, '*');
            </script>
            """;

    /** No window is narrower than 500 pixels; a frame in it is. */
    private static final String FRAME = """
            <!DOCTYPE html><body><pre id="told"></pre>
            <script>addEventListener('message', told => document.getElementById('told').textContent = JSON.stringify(told.data))</script>
            <iframe src="page.html" width="%d" height="2000" style="border: 0"></iframe></body>
            """;

    private Browser() {}

    /**
     * Returns what a page shows when its scripts have run: the points of each line of each chart, and the rows of cells of each
     * table by its label. No part of the page may be wider than the window.
     */
    static JsonNode shown(Path page, int width) {
        try {
            Path folder = Files.createTempDirectory("browser");
            String html = Files.readString(page);
            int end = html.lastIndexOf("</body>");
            Files.writeString(folder.resolve("page.html"), html.substring(0, end) + PROBE + html.substring(end));
            Path frame = folder.resolve("frame.html");
            Files.writeString(frame, FRAME.formatted(width));
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
                            "--window-size=" + (width + MARGIN) + ",2100",
                            "--dump-dom",
                            frame.toUri().toString())
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
            return told(Files.readString(dom, StandardCharsets.UTF_8), width);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private static JsonNode told(String dom, int width) throws IOException {
        Matcher probe =
                Pattern.compile("<pre id=\"told\">(.*?)</pre>", Pattern.DOTALL).matcher(dom);
        assertTrue(probe.find() && !probe.group(1).isEmpty(), () -> "the page tells nothing: " + dom);
        JsonNode shown = new ObjectMapper()
                .readTree(probe.group(1)
                        .replace("&lt;", "<")
                        .replace("&gt;", ">")
                        .replace("&nbsp;", " ")
                        .replace("&amp;", "&"));
        assertEquals("true", shown.path("ready").asText(), "the page's script has run to its end");
        assertEquals(width, shown.path("width").asInt());
        assertTrue(shown.path("wide").asInt() <= width, "wider than " + width);
        return shown;
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
                    assertFalse("1".equals(System.getenv("SPARKGRAD_REQUIRE_BROWSER")), "no Chromium");
                    assumeTrue(false, "no Chromium");
                    return "";
                });
    }
}

package org.sparkgrad.job.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.score.ModelFile;

/**
 * Creates the report of a run: one HTML page with the numbers as JSON and with the scripts that show them. The page
 * needs only a browser.
 */
final class ReportPage {
    private static final String CHART_JS = "/META-INF/resources/webjars/chart.js/4.4.7/";

    private ReportPage() {}

    /**
     * Returns the page.
     *
     * @param summary the content of {@code summary.json}
     * @param curves the content of {@code curves.json}; null omits the curves
     * @param model the model; null omits the coefficients
     * @param drift the content of {@code drift.json}; null omits the comparison
     * @param manifest the manifest of a scheduled run, with the name and id for the page; null uses the name of the
     *     output
     */
    static String html(
            JsonNode summary,
            @Nullable JsonNode curves,
            @Nullable ModelFile model,
            @Nullable JsonNode drift,
            @Nullable JsonNode manifest) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.set("summary", summary);
        if (curves != null) {
            data.set("curves", curves);
        }
        if (model != null) {
            data.set("coefficients", SummaryJson.tree(LargestCoefficients.of(model)));
        }
        if (drift != null) {
            data.set("drift", drift);
        }
        if (manifest != null) {
            String name = manifest.path("config").path("name").asText();
            data.put("run", "%s, run %s".formatted(name, manifest.path("runId").asText()));
        }
        return resource("report.html")
                .replace("{{style}}", resource("report.css"))
                .replace("{{license}}", resource(CHART_JS + "LICENSE.md"))
                .replace("{{library}}", resource(CHART_JS + "dist/chart.umd.js").replaceAll("//# source.*", ""))
                .replace("{{script}}", resource("report.js"))
                .replace("{{data}}", data.toString().replace("<", "\\u003c")); // a label may hold </script>
    }

    private static String resource(String name) {
        try (InputStream stream = Objects.requireNonNull(ReportPage.class.getResourceAsStream(name), name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

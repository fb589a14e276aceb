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

/** A run as one page that needs nothing but a browser: its numbers as JSON, and scripts that show them. */
final class ReportPage {
    private static final String CHART_JS = "/META-INF/resources/webjars/chart.js/4.4.7/";

    private ReportPage() {}

    /**
     * Returns the page.
     *
     * @param summary as in {@code summary.json}
     * @param curves as in {@code curves.json}; null leaves the curves out
     * @param model null leaves the coefficients out
     * @param drift as in {@code drift.json}; null leaves the comparison out
     * @param manifest of a scheduled run, whose name and id the page takes; null takes its output's
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

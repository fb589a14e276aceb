package org.sparkgrad.job.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkgrad.job.RealData;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.report.Drift;
import org.sparkgrad.job.report.SummaryJson;

/** The page of a run: that it shows the run's own numbers, in a real browser, which asks for nothing else. */
class ReportCommandTest {
    private static final int[] WIDTHS = {400, 1400};

    @TempDir
    private Path folder;

    private CommandRuns runs;

    @BeforeEach
    void runInTheFolder() {
        runs = new CommandRuns(folder);
    }

    @Test
    void twoClasses() throws IOException {
        runs.ok("generate --kind pets --rows 900 --output @pets");
        runs.ok("generate --kind pets --rows 300 --seed 7 --output @more");
        runs.ok("train --data @pets --test-data @more --header --validation-fraction 0.2 --patience 3 --optimizer adam"
                + " --batch-size 64 --epochs 6 --learning-rate 0.05 --output @out");
        assertShowsTheRun(4);
        JsonNode curves = runs.json("out/curves.json");
        assertEquals(
                runs.json("out/summary.json").path("objectiveHistory").size(),
                curves.path("validationHistory").size());
        for (String set : List.of("train", "validation", "test")) {
            JsonNode rank = curves.path(set).path("rank");
            assertTrue(rank.size() > 20 && rank.size() <= 202, rank.size() + " points");
            assertEquals(1, rank.path(rank.size() - 1).path("recall").asDouble());
            assertEquals(1, rank.path(rank.size() - 1).path("falsePositiveRate").asDouble());
            JsonNode metrics = runs.json("out/summary.json").path("metrics").path(set);
            assertEquals(metrics.path("areaUnderROC").asDouble(), areaUnderRoc(rank), 5e-3);
            double weight = 0;
            for (JsonNode bin : curves.path(set).path("calibration")) {
                weight += bin.path("weight").asDouble();
            }
            assertEquals(support(metrics), weight, 1e-6);
        }
    }

    @Test
    void manyClassesAndAHostileLabel() throws IOException {
        StringBuilder table = new StringBuilder("x,y,label\n");
        for (int i = 0; i < 90; i++) {
            table.append(i % 7).append(',').append(i * 5 % 11).append(',');
            table.append(List.of("</script><b>", "{{data}}", "c").get((i % 7 + i % 2) % 3))
                    .append('\n');
        }
        Files.writeString(folder.resolve("table.csv"), table);
        runs.ok("train --data @table.csv --header --max-iter 4 --output @out");
        assertShowsTheRun(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            adult | --data ^/adult-train.csv --validation-fraction 0.2 --max-iter 40 | 4
            mnist | --format idx --data ^/t10k-images-idx3-ubyte.gz --labels ^/t10k-labels-idx1-ubyte.gz --max-iter 20 | 2
            """)
    void realData(String set, String data, int charts) throws IOException {
        runs.ok("train --reg-param 1e-3 --output @out "
                + data.replace("^", RealData.folder(set).toString()));
        assertShowsTheRun(charts);
    }

    @Test
    void madeAgain() throws IOException {
        runs.ok("generate --kind pets --rows 300 --output @pets");
        runs.ok("train --data @pets --header --max-iter 4 --output @out");
        Path page = folder.resolve("out/report.html");
        String first = Files.readString(page);
        Files.delete(page);
        assertEquals(
                folder.resolve("out/report.html").toString(),
                runs.run("report @out").out().strip());
        assertEquals(data(first), data(Files.readString(page)));

        Drift drift = new Drift(
                "3",
                false,
                List.of("The mean of weightKg is 0.7 deviations from that of version 3: at most 0.5 are allowed."),
                List.of("version 3 fell"),
                List.of(
                        new Drift.Measure("metric", "log loss", 0.21, 0.2, -0.01, 0.01),
                        new Drift.Measure("feature", "weightKg", 7.1, 9.4, 0.7, 0.5)));
        Files.writeString(folder.resolve("out/drift.json"), SummaryJson.text(drift));
        runs.ok("report --output @out");
        assertEquals(runs.json("out/drift.json"), data(Files.readString(page)).path("drift"));
        for (int width : WIDTHS) {
            JsonNode tables = Browser.shown(page, width).path("tables");
            assertEquals(
                    "[\"log loss\",\"0.21\",\"0.2\",\"-0.01\",\"0.01\",\"within\"]",
                    tables.path("metric").path(0).toString());
            assertEquals(
                    "[\"weightKg\",\"7.1\",\"9.4\",\"0.7\",\"0.5\",\"beyond\"]",
                    tables.path("feature").path(0).toString());
        }

        assertEquals(ExitCode.USAGE, runs.run("report").code());
        runs.refused(ExitCode.USAGE, "report @pets", "is not the output of a training run", false);
        Files.writeString(folder.resolve("out/model.json"), "{");
        runs.refused(ExitCode.DATA, "report @out", "model.json is damaged", false);
    }

    private void assertShowsTheRun(int charts) throws IOException {
        Path page = folder.resolve("out/report.html");
        String html = Files.readString(page);
        assertFalse(html.contains("{{style}}") || html.contains("{{script}}"), "a part is missing");
        JsonNode data = data(html);
        JsonNode summary = runs.json("out/summary.json");
        JsonNode curves = runs.json("out/curves.json");
        assertEquals(summary, data.path("summary"));
        assertEquals(curves, data.path("curves"));
        assertTrue(data.path("coefficients").size() > 0, "coefficients");
        for (int width : WIDTHS) {
            JsonNode shown = Browser.shown(page, width);
            assertCharts(charts, shown.path("charts"), summary, curves);
            assertConfusion(shown.path("tables"), summary);
            JsonNode rows = shown.path("tables").path("Largest coefficients");
            assertEquals(data.path("coefficients").size(), rows.size());
            for (int row = 0; row < rows.size(); row++) {
                JsonNode coefficient = data.path("coefficients").path(row);
                assertEquals(
                        coefficient.path("feature").asText(),
                        rows.path(row).path(0).asText());
                int place = rows.path(row).size() - 3;
                double value = coefficient.path("coefficient").asDouble();
                assertEquals(value, number(rows.path(row).path(place)), 6e-3 * Math.abs(value));
            }
        }
    }

    /** Objective, ROC, precision and recall, calibration: each line of each set, point by point. */
    private static void assertCharts(int charts, JsonNode shown, JsonNode summary, JsonNode curves) {
        assertEquals(charts, shown.size(), shown::toString);
        assertSteps(summary.path("objectiveHistory"), shown.path(0).path(0));
        if (curves.path("validationHistory").size() > 0) {
            assertSteps(curves.path("validationHistory"), shown.path(0).path(1));
        }
        List<String> sets =
                Stream.of("train", "validation", "test").filter(curves::has).toList();
        for (int set = 0; set < sets.size(); set++) {
            JsonNode of = curves.path(sets.get(set));
            assertPoints(
                    of.path("calibration"),
                    "probability",
                    "rate",
                    shown.path(charts - 1).path(set),
                    0);
            if (charts > 2) {
                assertPoints(
                        of.path("rank"),
                        "falsePositiveRate",
                        "recall",
                        shown.path(1).path(set),
                        1);
                assertPoints(
                        of.path("rank"), "recall", "precision", shown.path(2).path(set), 0);
            }
        }
    }

    private static void assertConfusion(JsonNode tables, JsonNode summary) {
        String best = Stream.of("test", "validation", "train")
                .filter(set -> summary.path("metrics").has(set))
                .findFirst()
                .orElseThrow();
        JsonNode counts = summary.path("metrics").path(best).path("confusionMatrix");
        JsonNode cells = tables.path("Confusion matrix, %s rows".formatted(best.equals("train") ? "training" : best));
        assertEquals(counts.size(), cells.size());
        for (int k = 0; k < counts.size(); k++) {
            for (int j = 0; j < counts.size(); j++) {
                double count = counts.path(k).path(j).asDouble();
                assertEquals(count, number(cells.path(k).path(j + 1)), 6e-4 * count);
            }
        }
    }

    private static double number(JsonNode cell) {
        return Double.parseDouble(
                cell.asText().lines().findFirst().orElseThrow().replace(",", ""));
    }

    /** @param before how many points the chart has before the run's */
    private static void assertPoints(JsonNode values, String x, String y, JsonNode points, int before) {
        assertTrue(values.size() > 0 && points.size() == values.size() + before, points::toString);
        for (int i = 0; i < values.size(); i++) {
            JsonNode point = points.path(i + before);
            assertEquals(values.path(i).path(x).asDouble(), point.path("x").asDouble());
            assertEquals(values.path(i).path(y).asDouble(), point.path("y").asDouble());
        }
    }

    private static void assertSteps(JsonNode values, JsonNode points) {
        assertEquals(values.size(), points.size());
        for (int i = 0; i < values.size(); i++) {
            assertEquals(i, points.path(i).path("x").asInt());
            assertEquals(values.path(i).asDouble(), points.path(i).path("y").asDouble());
        }
    }

    private static double support(JsonNode metrics) {
        double support = 0;
        for (JsonNode of : metrics.path("perClass")) {
            support += of.path("support").asDouble();
        }
        return support;
    }

    private static double areaUnderRoc(JsonNode rank) {
        double area = 0;
        double x = 0;
        double y = 0;
        for (JsonNode point : rank) {
            area += (point.path("falsePositiveRate").asDouble() - x)
                    * (point.path("recall").asDouble() + y)
                    / 2;
            x = point.path("falsePositiveRate").asDouble();
            y = point.path("recall").asDouble();
        }
        return area;
    }

    private static JsonNode data(String html) throws IOException {
        String start = "<script type=\"application/json\" id=\"data\">";
        int from = html.indexOf(start) + start.length();
        return new ObjectMapper().readTree(html.substring(from, html.indexOf("</script>", from)));
    }
}

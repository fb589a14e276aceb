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
        assertShowsTheRun(6);
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
            adult | --data ^/adult-train.csv --validation-fraction 0.2 --max-iter 40 | 6
            mnist | --format idx --data ^/t10k-images-idx3-ubyte.gz --labels ^/t10k-labels-idx1-ubyte.gz --max-iter 20 | 2
            """)
    void realData(String set, String data, int charts) throws IOException {
        runs.ok("train --reg-param 1e-3 --output @out "
                + data.replace("^", RealData.folder(set).toString()));
        assertShowsTheRun(set.equals("adult") ? 4 : charts);
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
                List.of(
                        new Drift.Measure("metric", "log loss", 0.21, 0.2, -0.01, 0.01),
                        new Drift.Measure("feature", "weightKg", 7.1, 9.4, 0.7, 0.5)));
        Files.writeString(folder.resolve("out/drift.json"), SummaryJson.text(drift));
        runs.ok("report --output @out");
        assertEquals(runs.json("out/drift.json"), data(Files.readString(page)).path("drift"));
        String shown = Browser.shown(page, WIDTHS[1]);
        assertTrue(shown.contains("Refused.") && shown.contains(">beyond<"), shown);

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
            JsonNode shown = Browser.charts(page, width);
            assertEquals(Math.min(charts, 4), shown.size(), shown::toString);
            assertPoints(summary.path("objectiveHistory"), shown.path(0).path(0));
            JsonNode calibration = shown.path(shown.size() - 1).path(0);
            for (int bin = 0; bin < calibration.size(); bin++) {
                JsonNode expected = curves.path("train").path("calibration").path(bin);
                assertEquals(
                        expected.path("probability").asDouble(),
                        calibration.path(bin).path("x").asDouble());
                assertEquals(
                        expected.path("rate").asDouble(),
                        calibration.path(bin).path("y").asDouble());
            }
            JsonNode rank = curves.path("train").path("rank");
            for (int point = 0; point < rank.size(); point++) {
                JsonNode roc = shown.path(1).path(0).path(point + 1);
                assertEquals(
                        rank.path(point).path("falsePositiveRate").asDouble(),
                        roc.path("x").asDouble());
                assertEquals(
                        rank.path(point).path("recall").asDouble(),
                        roc.path("y").asDouble());
                assertEquals(
                        rank.path(point).path("precision").asDouble(),
                        shown.path(2).path(0).path(point).path("y").asDouble());
            }
        }
    }

    private static void assertPoints(JsonNode values, JsonNode points) {
        assertEquals(values.size(), points.size());
        for (int i = 0; i < values.size(); i++) {
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

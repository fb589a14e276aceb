package org.sparkgrad.job.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** README's first command, and what it leaves. */
class DemoIT {
    @TempDir
    private static Path folder;

    private static Launcher launcher;
    private static Launcher.Ended trained;

    @BeforeAll
    static void runTheDemo() throws IOException {
        launcher = new Launcher(folder, Map.of());
        launcher.sparkgrad("generate", "--kind", "pets", "--rows", "20000", "--output", "out/pets")
                .ok();
        trained = launcher.sparkgrad(
                        "train",
                        "--config",
                        Launcher.ROOT.resolve("conf/demo.conf").toString())
                .ok();
    }

    @Test
    void theFirstLinesNameTheEngineAndWhy() {
        assertTrue(trained.err().contains("engine cpu") || trained.err().contains("engine opencl"), trained.err());
    }

    @Test
    void theSummaryTellsTheRun() {
        JsonNode summary = launcher.summary("out/demo");
        assertEquals("succeeded", summary.path("status").asText());
        assertEquals("MaxEpochs", summary.path("convergenceReason").asText());
        assertEquals(2, summary.path("data").path("classes").asInt());
        assertTrue(summary.path("metrics").path("train").path("accuracy").asDouble() > 0.85);
        assertTrue(summary.path("metrics").path("train").path("areaUnderROC").asDouble() > 0.9);
        assertEquals(64, summary.path("coefficientsSha256").asText().length());
        assertTrue(
                summary.path("engine").path("workers").get(0).path("launches").asLong() > 0);
        assertEquals(
                summary.path("epochs").asInt() + 1,
                summary.path("objectiveHistory").size());
        assertTrue(trained.out().contains("accuracy"), trained.out());
    }

    @Test
    void theModelLoadsAndPredictsInAnotherJvmWithStockSpark() throws IOException {
        Path data;
        try (Stream<Path> files = Files.list(folder.resolve("out/pets"))) {
            data = files.filter(f -> f.toString().endsWith(".csv")).findFirst().orElseThrow();
        }
        Path own = Files.createDirectories(folder.resolve("stock/org/sparkgrad/job/system"));
        Files.copy(
                Launcher.ROOT.resolve("spark-job/target/test-classes/org/sparkgrad/job/system/StockSpark.class"),
                own.resolve("StockSpark.class"));
        List<String> command = new java.util.ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        command.addAll(List.of(org.apache.spark.launcher.JavaModuleOptions.defaultModuleOptions()
                .split(" ")));
        command.addAll(List.of(
                "-cp",
                folder.resolve("stock") + ":" + Launcher.SPARK.resolve("jars/*"),
                StockSpark.class.getName(),
                folder.resolve("out/demo/model").toString(),
                data.toString(),
                "species",
                "predictedLabel"));
        String out = launcher.run(command).ok().out();
        double accuracy =
                Double.parseDouble(out.substring(out.indexOf("accuracy ") + 9).trim());
        assertTrue(accuracy > 0.85, out);
    }

    @Test
    void commandsStartFromArchivedClasses() throws IOException {
        Path loaded = folder.resolve("classes.txt");
        launcher.sparkgrad(
                        "--spark-conf",
                        "spark.driver.extraJavaOptions=-Xlog:class+load:file=" + loaded,
                        "models",
                        "list",
                        "--registry",
                        "out/none")
                .ok();
        try (Stream<String> lines = Files.lines(loaded)) {
            assertTrue(lines.anyMatch(line -> line.contains("org.apache.spark.deploy.SparkSubmit ")
                    && line.contains("source: shared objects file (top)")));
        }
    }

    @Test
    void anExistingOutputIsRefusedAndKept() {
        JsonNode before = launcher.summary("out/demo");
        Launcher.Ended again = launcher.sparkgrad(
                "train", "--config", Launcher.ROOT.resolve("conf/demo.conf").toString());
        assertEquals(2, again.status());
        assertTrue(again.err().contains("out/demo") && again.err().contains("--overwrite"), again.err());
        assertFalse(again.err().contains("\tat "), again.err());
        assertEquals(before, launcher.summary("out/demo"));
        assertFalse(Files.exists(folder.resolve("out/demo.running")));
    }

    @Test
    void plainSparkSubmitTrainsMiniBatchesWithOneJar() {
        String[] train = {
            "train",
            "--data",
            "out/pets",
            "--header",
            "true",
            "--label",
            "species",
            "--batch-size",
            "512",
            "--epochs",
            "1",
            "--output",
            "out/submitted"
        };
        launcher.submit(List.of(), train).ok();
        assertEquals(
                "succeeded", launcher.summary("out/submitted").path("status").asText());
    }
}

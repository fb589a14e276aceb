package org.sparkgrad.job.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * In real distributions of Spark 3.5, 4.0 and 4.2 models have the same bits, and what one of them saves the others load,
 * with sparkgrad and without. SPARKGRAD_PYTHONS names a python with each PySpark, which brings a distribution.
 */
@Tag("several-sparks")
class SparkVersionsIT {
    private static final String ASKS = "import os, pyspark; print(os.path.dirname(pyspark.__file__), end='')";

    @TempDir
    private static Path folder;

    /** The pythons, by the version of their PySpark. */
    private static final Map<String, String> PYTHONS = new LinkedHashMap<>();

    @BeforeAll
    static void findTheDistributions() {
        String given = Optional.ofNullable(System.getenv("SPARKGRAD_PYTHONS")).orElse("");
        for (String python :
                Arrays.stream(given.split(" ")).filter(name -> !name.isEmpty()).toList()) {
            PYTHONS.put(Wheel.pyspark(folder, python).ok().out(), python);
        }
        assumeTrue(PYTHONS.size() > 1, "there is no PySpark of several versions: SPARKGRAD_PYTHONS=" + given);
    }

    @Test
    void whatOnePySparkSavesTheOthersLoad() throws IOException {
        Wheel wheel = Wheel.install(folder, PYTHONS.values().iterator().next());
        Map<String, String> numbers = new LinkedHashMap<>();
        for (String version : PYTHONS.keySet()) {
            Files.createDirectories(folder.resolve(version));
            numbers.put(version, run(wheel, version, "save", List.of(version)));
        }
        String expected = numbers.values().iterator().next();
        assertTrue(expected.contains("0x1."), expected);
        numbers.forEach((version, printed) -> assertEquals(expected, printed, version));
        for (String version : PYTHONS.keySet()) {
            List<String> others = new ArrayList<>(PYTHONS.keySet());
            others.remove(version);
            run(wheel, version, "stock", others);
            run(wheel, version, "ours", others);
        }
    }

    @Test
    void theLauncherTrainsAndScoresInEach() {
        Map<String, String> hashes = new LinkedHashMap<>();
        for (String version : PYTHONS.keySet()) {
            Launcher launcher = launcher(version);
            if (hashes.isEmpty()) {
                launcher.sparkgrad("generate", "--kind", "pets", "--rows", "500", "--output", "pets")
                        .ok();
            }
            launcher.sparkgrad("train", "--data", "pets", "--header", "--engine", "cpu", "--output", output(version))
                    .ok();
            JsonNode summary = launcher.summary(output(version));
            assertEquals(version, summary.path("versions").path("spark").asText());
            hashes.put(version, summary.path("coefficientsSha256").asText());
        }
        assertEquals(1, hashes.values().stream().distinct().count(), hashes.toString());
        List<String> versions = List.copyOf(PYTHONS.keySet());
        Map<String, String> tables = new LinkedHashMap<>();
        for (int i = 0; i < versions.size(); i++) {
            String reader = versions.get(i);
            String saver = versions.get((i + 1) % versions.size());
            Launcher.Ended ended = launcher(reader)
                    .sparkgrad("evaluate", "--model", output(saver) + "/model", "--data", "pets", "--header")
                    .ok();
            tables.put(reader + " reads " + saver, ended.out());
        }
        assertTrue(tables.toString().contains("accuracy"), tables.toString());
        assertEquals(1, tables.values().stream().distinct().count(), tables.toString());
    }

    private static String output(String version) {
        return "trained-" + version;
    }

    private static Launcher launcher(String version) {
        String home = new Launcher(folder, Map.of())
                .run(List.of(python(version), "-c", ASKS))
                .ok()
                .out();
        Map<String, String> environment = new HashMap<>(Launcher.SHORT_LIVED);
        environment.put("SPARK_HOME", home);
        return new Launcher(folder, environment);
    }

    private static String run(Wheel wheel, String version, String use, List<String> savers) {
        List<String> command = new ArrayList<>(List.of("versions.py", use));
        savers.forEach(saver -> command.add(folder.resolve(saver).toString()));
        return wheel.run(python(version), "pyspark-shell", command).ok().out();
    }

    private static String python(String version) {
        return PYTHONS.getOrDefault(version, "");
    }
}

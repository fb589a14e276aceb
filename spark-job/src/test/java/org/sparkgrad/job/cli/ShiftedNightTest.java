package org.sparkgrad.job.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgrad.job.problem.ExitCode;

/** Nights of 2,000 rows and five features, of which some are measured 0.44 deviations too high. */
class ShiftedNightTest {
    private static final int ROWS = 2000;
    private static final int FEATURES = 5;
    private static final double SHIFT = 0.44;

    @TempDir
    private Path folder;

    private CommandRuns runs;

    @BeforeEach
    void start() {
        runs = new CommandRuns(folder);
    }

    /** Writes a night of which the first features are shifted, and runs it. */
    private CommandRuns.Ended night(int day, int shifted, String options) throws IOException {
        String date = "2026-01-%02d".formatted(day);
        SplittableRandom random = new SplittableRandom(day);
        List<String> lines = new ArrayList<>(List.of("a,b,c,d,e,rare,label"));
        for (int row = 0; row < ROWS; row++) {
            StringBuilder line = new StringBuilder();
            double margin = 0;
            for (int j = 0; j < FEATURES; j++) {
                double value = random.nextGaussian();
                margin += 3 * value;
                line.append(String.format(Locale.ROOT, "%.4f,", value + (j < shifted ? SHIFT : 0)));
            }
            line.append(random.nextInt(ROWS / 2) == 0 ? "1," : "0,");
            lines.add(line + (random.nextDouble() < 1 / (1 + Math.exp(-margin)) ? "yes" : "no"));
        }
        Files.write(Files.createDirectories(folder.resolve("nights")).resolve(date + ".csv"), lines);
        return runs.run("scheduled --registry @registry --data @nights/{date}.csv --header --engine cpu --run-id "
                + date + " --validation-fraction 0.2 --optimizer lbfgs --reg-param 1e-3 " + options);
    }

    private JsonNode show() throws IOException {
        return new ObjectMapper()
                .readTree(runs.run("models show --registry @registry --json").out());
    }

    @Test
    void shiftedNightsAreWarnedOfAndRefusedWhereAskedFor() throws Exception {
        for (int day = 1; day <= 3; day++) {
            CommandRuns.Ended quiet = night(day, 0, "");
            assertEquals(ExitCode.OK, quiet.code(), quiet.err());
            assertFalse(quiet.err().contains("warning:") || quiet.out().contains("warning:"), quiet.err());
        }

        CommandRuns.Ended one = night(4, 1, "");
        assertEquals(ExitCode.OK, one.code(), one.err());
        String said = "warning: the distribution of feature a is not that of version 3's night: PSI ";
        assertTrue(one.out().contains(said) && one.err().contains(said), one.out() + one.err());
        assertTrue(one.out().contains("1 of 6 features"), one.out());
        assertEquals(4, show().path("promoted").asInt());
        assertEquals(
                1,
                runs.json("registry/models/model/4/manifest.json")
                        .path("warnings")
                        .size());
        assertEquals(
                1,
                runs.json("registry/models/model/4/drift.json").path("warnings").size());
        assertEquals(
                6,
                runs.json("registry/models/model/4/shifts.json")
                        .path("features")
                        .size());
        String table = runs.run("models show --registry @registry").out();
        assertTrue(table.contains("its accuracy") && table.contains(said), table);
        JsonNode incumbent = show().path("runs").get(3).path("incumbent");
        assertEquals(3, incumbent.path("version").asInt());
        assertTrue(table.contains("%.6f".formatted(incumbent.path("accuracy").asDouble())), table);

        // Back at what was measured rightly: as far from night 4 as that was from night 3.
        CommandRuns.Ended refused = night(5, 0, "--refuse-ks 0.1");
        assertEquals(ExitCode.REFUSED, refused.code(), refused.err());
        assertTrue(refused.message().contains("with refusePsi 0.5 and refuseKs 0.1; 1 of 6 features"), refused.err());
        assertEquals(4, show().path("promoted").asInt());
        assertEquals("refused", show().path("runs").get(4).path("status").asText());
    }

    @Test
    void theFallOfThePromotedVersionIsWarnedOfAndRefusedWhereAskedFor() throws Exception {
        assertEquals(ExitCode.OK, night(1, 0, "").code());
        String accept = " --label-share-drift 1 --feature-mean-drift 9 --warn-psi 9 --warn-ks 1 ";
        CommandRuns.Ended refused = night(2, 4, accept + "--refuse-fall 0.1");
        assertEquals(ExitCode.REFUSED, refused.code(), refused.err());
        assertTrue(refused.message().contains("accuracy of the promoted version 1 fell from 0.9"), refused.err());
        assertEquals(1, show().path("promoted").asInt());

        CommandRuns.Ended warned = night(3, 4, accept + "--refuse-fall 1");
        assertEquals(ExitCode.OK, warned.code(), warned.err());
        assertTrue(warned.out().contains("warning: accuracy of the promoted version 1 fell from 0.9"), warned.out());
        assertEquals(2, show().path("promoted").asInt() - 1, "version 2 was refused, 3 is promoted");
    }

    @Test
    void aVersionOfAnEarlierSparkgradIsReadAndComparedAsFarAsItGoes() throws Exception {
        assertEquals(ExitCode.OK, night(1, 0, "").code());
        Path version = folder.resolve("registry/models/model/1");
        Files.delete(version.resolve("scores.json"));
        without(version.resolve("profile.json"), "histograms");
        without(version.resolve("manifest.json"), "score", "warnings");

        CommandRuns.Ended second = night(2, 1, "");
        assertEquals(ExitCode.OK, second.code(), second.err());
        assertTrue(second.err().contains("version 1 of an earlier sparkgrad has no distributions"), second.err());
        assertEquals(ExitCode.OK, runs.run("models show --registry @registry").code());
    }

    private static void without(Path file, String... fields) throws IOException {
        ObjectNode tree = (ObjectNode) new ObjectMapper().readTree(file.toFile());
        tree.remove(List.of(fields));
        Files.delete(file);
        Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
        Files.writeString(file, tree.toString());
    }
}

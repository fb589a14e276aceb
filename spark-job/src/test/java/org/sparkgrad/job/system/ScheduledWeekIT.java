package org.sparkgrad.job.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.DoubleFunction;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgrad.job.registry.ModelRegistry;
import org.sparkgrad.job.registry.RegisteredModel;

/** A week of nights by the launcher, a process each: data that drift on the fifth day and are broken on the sixth. */
class ScheduledWeekIT {
    private static final int ROWS = 4000;
    private static final int DATA_ERROR = 3;
    private static final int REFUSED = 6;

    /** Between two looks of the watcher, so that the runs get the processor. */
    private static final long PAUSE_NANOS = 10_000_000;

    @TempDir
    private Path folder;

    private Launcher launcher;
    private volatile boolean over;

    @BeforeEach
    void start() {
        launcher = new Launcher(folder, Launcher.SHORT_LIVED);
    }

    /** Writes a night's pets and starts its run. */
    private Launcher.Ended night(int day, DoubleFunction<String> weight) throws IOException {
        String date = "2026-01-%02d".formatted(day);
        SplittableRandom random = new SplittableRandom(day);
        List<String> lines = new ArrayList<>(List.of("weight_kg,tail_length_cm,species"));
        for (int row = 0; row < ROWS; row++) {
            boolean cat = random.nextBoolean();
            double kilograms = Math.max(1, cat ? 4.4 + random.nextGaussian() : 9 + 3 * random.nextGaussian());
            double tail = (cat ? 26 : 29) + 5 * random.nextGaussian();
            lines.add("%s,%.1f,%s".formatted(weight.apply(kilograms), tail, cat ? "cat" : "dog"));
        }
        Files.write(Files.createDirectories(folder.resolve("nights")).resolve(date + ".csv"), lines);
        return run(date);
    }

    private Launcher.Ended run(String date) {
        String config = Launcher.ROOT.resolve("conf/scheduled.conf").toString();
        return launcher.sparkgrad(("scheduled --config " + config + " --registry registry --minimum-rows 1000"
                        + " --data nights/{date}.csv --run-id " + date)
                .split(" "));
    }

    private static String asItIs(double kilograms) {
        return String.format(Locale.ROOT, "%.2f", kilograms);
    }

    /** Looks again and again at what is served, as a scorer would, until the week is over. */
    private Set<Integer> watch() {
        RegisteredModel model = ModelRegistry.open(
                        new Configuration(), folder.resolve("registry").toString())
                .model("pets");
        Set<Integer> seen = new TreeSet<>();
        boolean last;
        do {
            last = over;
            LockSupport.parkNanos(PAUSE_NANOS);
            boolean served = model.promoted().isPresent();
            assertTrue(served || seen.isEmpty(), "the served model is missing");
            model.promoted().ifPresent(now -> {
                Path output = Path.of(model.folder(now.version()).toUri());
                assertTrue(model.manifest(now.version()).passed());
                assertTrue(model.summary(model.folder(now.version())).has("objective"));
                assertTrue(Files.exists(output.resolve("model/metadata")), "the model is there");
                assertTrue(Files.exists(output.resolve("model.json")) && Files.exists(output.resolve("report.html")));
                seen.add(now.version());
            });
        } while (!last);
        return seen;
    }

    @Test
    void aWeekEndsWithFivePromotionsARefusalAndADataError() throws Exception {
        ExecutorService reader = Executors.newSingleThreadExecutor();
        try {
            Callable<Set<Integer>> watch = this::watch;
            Future<Set<Integer>> seen = reader.submit(watch);
            for (int day = 1; day <= 4; day++) {
                night(day, ScheduledWeekIT::asItIs).ok();
            }
            Launcher.Ended drifted = night(5, kilograms -> asItIs(2.2 * kilograms));
            assertEquals(REFUSED, drifted.status(), drifted.err());
            assertTrue(drifted.err().contains("feature weight_kg went from"), drifted.err());
            assertTrue(drifted.err().contains("models promote --version 5"), drifted.err());
            assertServed(4);
            Launcher.Ended broken = night(6, kilograms -> kilograms > 15 ? "heavy" : asItIs(kilograms));
            assertEquals(DATA_ERROR, broken.status(), broken.err());
            assertTrue(broken.err().contains("weight_kg"), broken.err());
            assertServed(4);
            night(7, ScheduledWeekIT::asItIs).ok();
            assertServed(6);
            over = true;
            assertEquals(Set.of(1, 2, 3, 4, 6), seen.get(), "what a scorer ever saw");
        } finally {
            over = true;
            reader.shutdownNow();
        }
        JsonNode shown = show();
        assertEquals(
                List.of("retired", "retired", "retired", "retired", "refused", "promoted"),
                texts(shown.path("versions"), "status"));
        assertEquals(
                List.of("promoted", "promoted", "promoted", "promoted", "refused", "failed", "promoted"),
                texts(shown.path("runs"), "status"));
        assertEquals(List.of("0", "0", "0", "0", "6", "3", "0"), texts(shown.path("runs"), "exitCode"));
        assertEquals(4, shown.path("runs").get(6).path("parent").asInt(), "compared with the last good one");

        assertEquals(REFUSED, run("2026-01-05").status(), "a refusal stays one");
        night(6, ScheduledWeekIT::asItIs).ok(); // mended data
        assertServed(7);
        launcher.sparkgrad("models", "rollback", "--registry", "registry").ok();
        assertServed(6);
        launcher.sparkgrad(("predict --header --data nights/2026-01-07.csv --output scored --model "
                                + show().path("path").asText() + "/model")
                        .split(" "))
                .ok();
    }

    private JsonNode show() throws IOException {
        return new ObjectMapper()
                .readTree(launcher.sparkgrad("models", "show", "--registry", "registry", "--json")
                        .ok()
                        .out());
    }

    private void assertServed(int version) throws IOException {
        JsonNode shown = show();
        assertEquals(version, shown.path("promoted").asInt());
        assertTrue(shown.path("path").asText().endsWith("/models/pets/" + version), shown::toString);
    }

    private static List<String> texts(JsonNode records, String field) {
        return IntStream.range(0, records.size())
                .mapToObj(i -> records.get(i).path(field).asText())
                .toList();
    }
}

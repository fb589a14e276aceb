package org.sparkgrad.job.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.ml.PipelineModel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.registry.ModelRegistry;
import org.sparkgrad.job.registry.RegisteredModel;

/** A week of nights: data that drift on the fifth day and are broken on the sixth. */
class ScheduledWeekTest {
    private static final int ROWS = 4000;
    private static final int WEIGHT = 1;

    /** Between two looks of the watcher, so that the runs get the processor. */
    private static final long PAUSE_NANOS = 10_000_000;

    @TempDir
    private Path folder;

    private CommandRuns runs;
    private volatile boolean over;

    @BeforeEach
    void start() {
        runs = new CommandRuns(folder);
    }

    private CommandRuns.Ended night(int day, UnaryOperator<String> row) throws IOException {
        String date = "2026-01-%02d".formatted(day);
        runs.ok("generate --kind pets --rows %d --seed %d --output @%s --overwrite".formatted(ROWS, day, date));
        List<String> lines = new ArrayList<>();
        try (Stream<Path> parts = Files.list(folder.resolve(date))) {
            for (Path part : parts.filter(file -> file.toString().endsWith(".csv"))
                    .sorted()
                    .toList()) {
                List<String> all = Files.readAllLines(part);
                lines.addAll(all.subList(lines.isEmpty() ? 0 : 1, all.size()));
            }
        }
        Path file = Files.createDirectories(folder.resolve("nights")).resolve(date + ".csv");
        Files.write(
                file,
                Stream.concat(lines.stream().limit(1), lines.stream().skip(1).map(row))
                        .toList());
        return runs.run("scheduled --config ../conf/scheduled.conf --registry @registry --data @nights/{date}.csv"
                + " --minimum-rows 1000 --run-id " + date);
    }

    /** Returns the row with another weight. */
    private static String weighing(String row, UnaryOperator<String> change) {
        String[] cells = row.split(",");
        cells[WEIGHT] = change.apply(cells[WEIGHT]);
        return String.join(",", cells);
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
            model.promoted().ifPresent(now -> {
                Path served = Path.of(model.folder(now.version()).toUri());
                assertTrue(model.manifest(now.version()).passed());
                assertTrue(model.summary(model.folder(now.version())).has("objective"));
                assertTrue(Files.exists(served.resolve("model/metadata")), "the model is there");
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
                assertEquals(ExitCode.OK, night(day, row -> row).code());
            }
            CommandRuns.Ended drifted =
                    night(5, row -> weighing(row, kilograms -> Double.toString(2.2 * Double.parseDouble(kilograms))));
            assertEquals(ExitCode.REFUSED, drifted.code(), drifted.err());
            assertTrue(drifted.message().contains("feature weight_kg went from"), drifted.message());
            assertTrue(drifted.message().contains("models promote --version 5"), drifted.message());
            assertServed(4);
            CommandRuns.Ended broken = night(
                    6, row -> weighing(row, kilograms -> "1".equals(kilograms.substring(0, 1)) ? "heavy" : kilograms));
            assertEquals(ExitCode.DATA, broken.code(), broken.err());
            assertTrue(broken.message().contains("weight_kg"), broken.message());
            assertServed(4);
            assertEquals(ExitCode.OK, night(7, row -> row).code());
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

        CommandRuns.Ended again = runs.run("scheduled --config ../conf/scheduled.conf --registry @registry"
                + " --data @nights/{date}.csv --run-id 2026-01-05");
        assertEquals(ExitCode.REFUSED, again.code(), "a refusal stays one");
        assertEquals(ExitCode.OK, night(6, row -> row).code(), "mended data");
        assertServed(7);
        assertEquals(
                ExitCode.OK, runs.run("models rollback --registry @registry").code());
        assertServed(6);
    }

    private JsonNode show() throws IOException {
        return new ObjectMapper()
                .readTree(runs.run("models show --registry @registry --json").out());
    }

    private void assertServed(int version) throws IOException {
        JsonNode shown = show();
        assertEquals(version, shown.path("promoted").asInt());
        PipelineModel.load(shown.path("path").asText() + "/model");
    }

    private static List<String> texts(JsonNode records, String field) {
        return Stream.iterate(0, i -> i + 1)
                .limit(records.size())
                .map(i -> records.get(i).path(field).asText())
                .collect(Collectors.toList());
    }
}

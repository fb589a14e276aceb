package org.sparkgrad.job.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgrad.job.files.Json;
import org.sparkgrad.job.problem.JobException;
import org.sparkgrad.job.registry.ModelVersion.Status;
import org.sparkgrad.job.registry.Promotion.Reason;

/** Versions, the pointer to the promoted one, and how long they stay. */
class RegisteredModelTest {
    private static final int WRITERS = 8;

    @TempDir
    private Path folder;

    private RegisteredModel model;

    @BeforeEach
    void open() {
        model = ModelRegistry.open(new Configuration(), folder.toString()).model("pets");
    }

    /** Makes a version as a run does, of no real model. */
    private int version(String runId, boolean passed, Instant created) throws IOException {
        Path candidate = Files.createDirectories(folder.resolve("models/pets/candidates/" + runId));
        Files.writeString(candidate.resolve("summary.json"), "{\"objective\": 0.5, \"metrics\": {\"train\": {}}}");
        JsonNode none = Json.tree(Map.of());
        model.write(
                model.candidate(runId),
                "manifest.json",
                new Manifest(
                        runId,
                        created.toString(),
                        created.toString(),
                        passed,
                        passed ? List.of() : List.of("worse"),
                        null,
                        null,
                        null,
                        null,
                        false,
                        Map.of(),
                        none,
                        none,
                        none,
                        1,
                        1,
                        none,
                        none,
                        "",
                        none));
        return model.publish(runId);
    }

    private int promoted(String runId) throws IOException {
        int version = version(runId, true, Instant.now());
        assertTrue(model.promote(version, Reason.RUN, model.promotions()));
        return version;
    }

    private List<Status> statuses() {
        return model.versions().stream().map(ModelVersion::status).toList();
    }

    private int pointer() {
        return model.promoted().orElseThrow().version();
    }

    @Test
    void rollbackGoesBackOneByOneThroughWhatWasPromoted() throws IOException {
        promoted("a");
        promoted("b");
        version("c", false, Instant.now());
        promoted("d");
        assertEquals(List.of(Status.RETIRED, Status.RETIRED, Status.REFUSED, Status.PROMOTED), statuses());
        assertEquals(2, model.rollback());
        assertEquals(2, pointer());
        assertEquals(1, model.rollback());
        JobException none = assertThrows(JobException.class, model::rollback);
        assertTrue(String.valueOf(none.getMessage()).contains("version 1 is the first"), none.getMessage());
        model.promote(3);
        assertEquals(3, pointer());
        assertEquals(1, model.rollback());
        assertEquals(
                List.of(
                        Reason.RUN,
                        Reason.RUN,
                        Reason.RUN,
                        Reason.ROLLBACK,
                        Reason.ROLLBACK,
                        Reason.PROMOTE,
                        Reason.ROLLBACK),
                model.history().stream().map(Promotion::reason).toList());
    }

    @Test
    void aDamagedFileDoesNotBlockWhatIsBeforeIt() throws IOException {
        promoted("a");
        promoted("b");
        ModelRegistry registry = ModelRegistry.open(new Configuration(), folder.toString());
        Files.createDirectories(folder.resolve("models/dogs"));
        Files.writeString(folder.resolve("models/pets/promoted/00000002.json"), "{\"version\": ");
        Files.createDirectories(folder.resolve("models/pets/runs"));
        Files.writeString(folder.resolve("models/pets/runs/00000001.json"), "");

        assertEquals(1, pointer());
        assertTrue(RegistryText.list(registry).contains("dogs"), RegistryText.list(registry));

        Files.writeString(folder.resolve("models/pets/2/manifest.json"), "");
        assertEquals(List.of(Status.PROMOTED), statuses());
        assertTrue(model.promote(1, Reason.PROMOTE, model.promotions()), "the pointer can be moved past it");
        assertEquals(3, model.promotions());
    }

    @Test
    void thePointerMovesForOneOfManyWritersAndIsNeverHalfWritten() throws Exception {
        version("a", true, Instant.now());
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        try {
            for (int after = 0; after < WRITERS; after++) {
                int known = after;
                Callable<Boolean> write = () -> model.promote(1, Reason.RUN, known);
                Callable<Boolean> read =
                        () -> model.promoted().map(Promotion::version).orElse(1) == 1;
                List<Callable<Boolean>> both = IntStream.range(0, WRITERS)
                        .mapToObj(i -> i % 2 == 0 ? write : read)
                        .toList();
                int moved = 0;
                List<Future<Boolean>> done = threads.invokeAll(both);
                for (int i = 0; i < WRITERS; i++) {
                    boolean answer = done.get(i).get();
                    assertTrue(i % 2 == 0 || answer, "a reader sees the pointer");
                    moved += i % 2 == 0 && answer ? 1 : 0;
                }
                assertEquals(1, moved);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aRunDoesNotUndoWhatSomebodyDidMeanwhile() throws IOException {
        promoted("a");
        promoted("b");
        int seen = model.promotions();
        int version = version("c", true, Instant.now());
        model.rollback();
        assertFalse(model.promote(version, Reason.RUN, seen));
        assertEquals(1, pointer());
    }

    @Test
    void retentionKeepsThePromotedVersionAndItsPredecessor() throws IOException {
        for (String run : List.of("a", "b", "c", "d")) {
            promoted(run);
        }
        model.rollback();
        model.rollback(); // 2 is served, 1 before it
        assertEquals(List.of(3), new Retention(1, null).apply(model));
        assertEquals(List.of(1, 2, 4), model.versionNumbers());
        Instant old = Instant.now().minus(10, ChronoUnit.DAYS);
        version("e", false, old);
        version("f", false, Instant.now());
        assertEquals(List.of(5), new Retention(9, 9).apply(model));
        assertEquals(List.of(1, 2, 4, 6), model.versionNumbers());
        assertEquals(7, version("g", true, Instant.now()), "numbers go on");
        assertEquals(1, model.rollback());
    }

    @Test
    void aVersionWithoutItsManifestIsNone() throws IOException {
        promoted("a");
        Files.createDirectories(folder.resolve("models/pets/2/model"));
        assertEquals(1, model.versions().size());
        assertThrows(JobException.class, () -> model.promote(2));
        assertEquals(3, version("b", true, Instant.now()));
    }

    @Test
    void showTellsItAsJson() throws IOException {
        promoted("2026-01-01");
        version("2026-01-02", false, Instant.now());
        JsonNode shown = new ObjectMapper().readTree(RegistryText.showJson(model));
        assertEquals(1, shown.path("promoted").asInt());
        JsonNode refused = shown.path("versions").get(1);
        assertEquals(2, refused.path("version").asInt());
        assertEquals("2026-01-02", refused.path("runId").asText());
        assertEquals("refused", refused.path("status").asText());
        assertEquals(0.5, refused.path("objective").asDouble());
        assertTrue(refused.path("metrics").has("train"));
        assertTrue(RegistryText.show(model).startsWith("pets: version 1 is promoted: file:"));
        ModelRegistry empty =
                ModelRegistry.open(new Configuration(), folder.resolve("none").toString());
        JsonNode nothing = new ObjectMapper().readTree(RegistryText.showJson(empty.model("pets")));
        assertTrue(nothing.has("promoted") && nothing.path("promoted").isNull());
    }
}

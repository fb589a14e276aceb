package org.sparkgrad.job.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgrad.job.files.Json;
import org.sparkgrad.job.files.LockOwner;
import org.sparkgrad.job.files.RunLock;
import org.sparkgrad.job.registry.Promotion.Reason;

/** A registry on HDFS, a name node and a data node in this JVM: the pointer, the lock and the versions. */
class RegistryOnHdfsTest {
    private static final int WRITERS = 8;
    private static final int STAGES = 100;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final LockOwner ELSEWHERE = new LockOwner("2026-01-01", "ann", "elsewhere", null, "then");

    @TempDir
    private static Path folder;

    private static MiniDFSCluster hdfs;
    private static int registries;

    private RegisteredModel model;

    @BeforeAll
    static void startHdfs() throws IOException {
        Configuration conf = new Configuration();
        conf.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.toString());
        hdfs = new MiniDFSCluster.Builder(conf).numDataNodes(1).build();
        hdfs.waitActive();
    }

    @AfterAll
    static void stopHdfs() {
        hdfs.shutdown();
    }

    @BeforeEach
    void open() throws IOException {
        FileSystem files = hdfs.getFileSystem();
        registries++;
        model = ModelRegistry.open(new Configuration(), files.getUri() + "/registry-" + registries)
                .model("pets");
    }

    private int version(String runId) {
        model.write(model.candidate(runId), "summary.json", Map.of("objective", 0.5));
        String now = Instant.now().toString();
        var none = Json.tree(Map.of());
        model.write(
                model.candidate(runId),
                "manifest.json",
                new Manifest(
                        runId, now, now, true, List.of(), null, null, null, null, false, Map.of(), none, none, none, 1,
                        1, none, none, "", none));
        return model.publish(runId);
    }

    @Test
    void thePointerMovesForOneOfManyWritersAndReadersSeeItWhole() throws Exception {
        int version = version("a");
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS + 1);
        AtomicBoolean over = new AtomicBoolean();
        try {
            Callable<Integer> read = () -> {
                int seen = 0;
                while (!over.get()) {
                    seen = model.promoted().map(Promotion::version).orElse(seen);
                }
                return seen;
            };
            Future<Integer> seen = threads.submit(read);
            for (int after = 0; after < WRITERS; after++) {
                int known = after;
                List<Callable<Boolean>> writes = IntStream.range(0, WRITERS)
                        .<Callable<Boolean>>mapToObj(i -> () -> model.promote(version, Reason.RUN, known))
                        .toList();
                int moved = 0;
                for (Future<Boolean> write : threads.invokeAll(writes)) {
                    moved += write.get() ? 1 : 0;
                }
                assertEquals(1, moved);
            }
            over.set(true);
            assertEquals(version, seen.get());
            assertEquals(WRITERS, model.history().size());
        } finally {
            over.set(true);
            threads.shutdownNow();
        }
    }

    @Test
    void versionsComeByOneRenameAndGoBackByRollback() throws IOException {
        for (String run : List.of("a", "b", "c")) {
            assertTrue(model.promote(version(run), Reason.RUN, model.promotions()));
        }
        assertTrue(model.folder(3).toString().startsWith("hdfs://localhost:"), () -> model.folder(3) + "");
        assertEquals(2, model.rollback());
        assertEquals(1, model.rollback());
        assertEquals(List.of(2), new Retention(1, null).apply(model));
        assertEquals(List.of(1, 3), model.versionNumbers());
        assertEquals(1, model.promoted().orElseThrow().version());
    }

    @Test
    void ofManyStartsAtOnceOneRuns() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        try {
            List<RunLock> taken = new ArrayList<>();
            List<Callable<RunLock.Answer>> starts = IntStream.range(0, WRITERS)
                    .<Callable<RunLock.Answer>>mapToObj(i -> () -> model.lock(ELSEWHERE, HOUR))
                    .toList();
            for (Future<RunLock.Answer> start : threads.invokeAll(starts)) {
                if (start.get() instanceof RunLock.Taken mine) {
                    taken.add(mine.lock());
                }
            }
            assertEquals(1, taken.size());
            taken.get(0).close();
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aStartHearsTheStageWhileItIsWritten() throws Exception {
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try (RunLock lock = assertInstanceOf(RunLock.Taken.class, model.lock(ELSEWHERE, HOUR))
                .lock()) {
            Future<?> writes = threads.submit(() -> IntStream.range(0, STAGES).forEach(i -> lock.enter("stage " + i)));
            while (!writes.isDone()) {
                assertInstanceOf(RunLock.Busy.class, model.lock(ELSEWHERE, HOUR));
            }
            writes.get();
            assertEquals(
                    "stage " + (STAGES - 1),
                    assertInstanceOf(RunLock.Busy.class, model.lock(ELSEWHERE, HOUR))
                            .stage());
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aStaleLockIsTakenOver() throws Exception {
        RunLock.Taken first = assertInstanceOf(RunLock.Taken.class, model.lock(ELSEWHERE, HOUR));
        first.lock().stop();
        org.apache.hadoop.fs.Path owner =
                new org.apache.hadoop.fs.Path(model.folder(1).getParent(), "lock/00000001.json");
        long now = hdfs.getFileSystem().getFileStatus(owner).getModificationTime();
        hdfs.getFileSystem().setTimes(owner, now - HOUR.toMillis() + 60_000, -1);
        assertInstanceOf(RunLock.Busy.class, model.lock(ELSEWHERE, HOUR));
        hdfs.getFileSystem().setTimes(owner, now - HOUR.toMillis() - 1, -1);
        Duration second = Duration.ofSeconds(1);
        assertInstanceOf(RunLock.Taken.class, model.lock(ELSEWHERE, second))
                .lock()
                .close();
    }
}

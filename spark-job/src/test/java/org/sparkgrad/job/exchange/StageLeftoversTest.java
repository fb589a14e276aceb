package org.sparkgrad.job.exchange;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgrad.job.TestSpark;
import org.sparkgrad.job.exchange.worker.WorkerPlan;
import org.sparkgrad.job.placement.TaskSlots;
import org.sparkgrad.job.placement.WorkerPartitions;
import org.sparkgrad.job.problem.JobException;

/** However a stage ends, no task, thread, connection or port of it is left on the driver or on an executor. */
class StageLeftoversTest {
    /** As Linux lists them, here and on executors. */
    private static final List<Path> SOCKETS = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));

    /** Open, half closed, listening: not those that only the system still remembers. */
    private static final Set<String> OPEN = Set.of("01", "08", "0A");

    private static SparkSession session;
    private static String port;

    @TempDir
    Path marks;

    @BeforeAll
    static void start() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        port = "%04X".formatted(free);
        session = TestSpark.cluster("local-cluster[2,1,1024]", Map.of("spark.sparkgrad.port", Integer.toString(free)));
    }

    @AfterAll
    static void stop() {
        session.stop();
    }

    private static JavaSparkContext spark() {
        return JavaSparkContext.fromSparkContext(session.sparkContext());
    }

    private StageExchange open(String schedule) {
        WorkerPlan plan = ExchangeRuns.plan(spark(), ExchangeRuns.cpu(), false, ExchangeRuns.SHARDS);
        return new StageExchange(spark(), plan, FaultySums.factory(plan, Fault.schedule(schedule), marks), note -> {});
    }

    @Test
    void afterSuccess() throws InterruptedException {
        try (Exchange stage = open("")) {
            assertArrayEquals(ExchangeRuns.sums(stage), ExchangeRuns.sums(stage));
            // The port, and both ends of two workers' connections.
            assertEquals(5, sockets().size(), () -> sockets().toString());
        }
        assertNothingIsLeft();
    }

    @Test
    void afterFailure() throws InterruptedException {
        try (Exchange stage = open("4 BEFORE THROW 1 x100")) {
            assertThrows(JobException.class, () -> ExchangeRuns.sums(stage));
        }
        assertNothingIsLeft();
    }

    @Test
    void afterCancellation() throws InterruptedException {
        try (Exchange stage = open("")) {
            assertThrows(
                    CancellationException.class,
                    () -> ExchangeRuns.sums(stage, step -> {
                        if (step == ExchangeRuns.STEPS / 2) {
                            spark().sc().cancelAllJobs();
                            awaitNoStage();
                        }
                    }));
        }
        assertNothingIsLeft();
    }

    private static void awaitNoStage() {
        try {
            ExchangeRuns.await(() -> spark().statusTracker().getActiveStageIds().length == 0, () -> "a stage runs");
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private static void assertNothingIsLeft() throws InterruptedException {
        awaitNoStage();
        ExchangeRuns.await(() -> ExchangeRuns.threads().isEmpty(), () -> "threads " + ExchangeRuns.threads());
        ExchangeRuns.await(() -> executorsThreads().isEmpty(), () -> "threads " + executorsThreads());
        ExchangeRuns.await(() -> sockets().isEmpty(), () -> "sockets " + sockets());
    }

    /** Returns the sockets that have the stage's port at one end. */
    private static List<String> sockets() {
        List<String> sockets = new ArrayList<>();
        for (Path list : SOCKETS) {
            try {
                Files.readAllLines(list).stream()
                        .map(line -> line.trim().split("\\s+", 5))
                        .filter(socket -> OPEN.contains(socket[3]))
                        .filter(socket -> socket[1].endsWith(":" + port) || socket[2].endsWith(":" + port))
                        .map(socket -> String.join(" ", socket[1], socket[2], socket[3]))
                        .forEach(sockets::add);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
        return sockets;
    }

    private static List<String> executorsThreads() {
        List<String> executors = TaskSlots.locations();
        return WorkerPartitions.pin(spark().parallelize(new ArrayList<>(executors), executors.size()), executors)
                .flatMap(executor -> ExchangeRuns.threads().iterator())
                .collect();
    }
}

package org.sparkgrad.job.exchange;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkgrad.job.LoopbackCluster;
import org.sparkgrad.job.TestSpark;
import org.sparkgrad.job.exchange.worker.WorkerPlan;
import org.sparkgrad.job.placement.TaskSlots;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.JobException;

/** Schedules of faults on real executors: the sums of the undisturbed run, or a clear error. */
class StageFaultsTest {
    private static final Map<String, String> SHORT_TIMEOUTS = Map.of(
            "spark.sparkgrad.silenceTimeout", "4s",
            "spark.sparkgrad.joinTimeout", "40s");

    private static double[][] expected;

    @TempDir
    Path folder;

    private @Nullable SparkSession session;

    @BeforeAll
    static void runUndisturbed() {
        try (Exchange jobs = new JobExchange(
                TestSpark.context("local[1]"),
                ExchangeRuns.plan("local[1]", ExchangeRuns.cpu(), false, ExchangeRuns.SHARDS))) {
            expected = ExchangeRuns.sums(jobs);
        }
    }

    @AfterEach
    void stop() {
        executors().forEach(process -> signal("-CONT", process));
        if (session != null) {
            session.stop();
        }
    }

    private StageExchange open(String master, Map<String, String> conf, String schedule, List<String> notes)
            throws IOException {
        session = master.startsWith("local[") ? TestSpark.session(master) : TestSpark.cluster(master, conf);
        JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
        WorkerPlan plan = ExchangeRuns.plan(spark, ExchangeRuns.cpu(), false, ExchangeRuns.SHARDS);
        Path marks = Files.createDirectories(folder.resolve("marks"));
        return new StageExchange(spark, plan, FaultySums.factory(plan, Fault.schedule(schedule), marks), notes::add);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0 BEFORE KILL 0",
                "0 AFTER KILL 1",
                "7 BEFORE KILL 0; 20 AFTER KILL 1",
                "5 BEFORE KILL all",
                "3 BEFORE THROW 0; 9 BEFORE THROW all; 9 AFTER DEVICE_MEMORY 1"
            })
    void faultsChangeNoSum(String schedule) throws IOException {
        try (Exchange stage = open("local-cluster[2,1,1024]", SHORT_TIMEOUTS, schedule, new ArrayList<>())) {
            assertArrayEquals(expected, ExchangeRuns.sums(stage));
        }
        assertEquals(schedule.isEmpty(), marks().isEmpty());
    }

    @Test
    void aPausedExecutorIsReplaced() throws IOException {
        List<String> notes = new ArrayList<>();
        try (StageExchange stage = open("local-cluster[2,1,1024]", SHORT_TIMEOUTS, "6 BEFORE STOP 1", notes)) {
            assertArrayEquals(expected, ExchangeRuns.sums(stage));
        }
        assertTrue(notes.get(0).contains("no sign of life"), notes.toString());
    }

    @Test
    void anExecutorKilledBetweenStepsIsReplaced() throws IOException {
        try (Exchange stage = open("local-cluster[2,1,1024]", SHORT_TIMEOUTS, "", new ArrayList<>())) {
            assertArrayEquals(expected, ExchangeRuns.sums(stage, step -> {
                if (step == 11) {
                    executors().findFirst().orElseThrow().destroyForcibly();
                }
            }));
        }
    }

    @Test
    void aStandaloneClusterLosesExecutorsAndGetsMore() throws Exception {
        List<String> notes = new ArrayList<>();
        Path files = Files.createDirectories(folder.resolve("cluster"));
        try (LoopbackCluster cluster = new LoopbackCluster(files, 1, Map.of());
                Exchange stage = open(cluster.url(), SHORT_TIMEOUTS, "2 BEFORE KILL 0; 4 AFTER STOP 0", notes)) {
            assertArrayEquals(expected, ExchangeRuns.sums(stage));
            cluster.addWorker();
            ExchangeRuns.await(
                    () -> {
                        assertArrayEquals(expected, ExchangeRuns.sums(stage));
                        return notes.contains("there are more slots: going on with 2 workers");
                    },
                    notes::toString);
            assertArrayEquals(expected, ExchangeRuns.sums(stage));
            Objects.requireNonNull(session).stop();
        }
    }

    @Test
    void slotsThatAnotherJobHoldsAreNotWaitedForAndTakenWhenItEnds() throws Exception {
        session = TestSpark.cluster("local-cluster[2,1,1024]", Map.of("spark.sparkgrad.joinTimeout", "5s"));
        JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
        ExchangeRuns.await(() -> TaskSlots.executors(spark) == 2, () -> "executors");
        WorkerPlan plan = ExchangeRuns.plan(spark, ExchangeRuns.cpu(), false, ExchangeRuns.SHARDS);
        Path release = folder.resolve("release");
        String file = release.toString();
        var other = spark.parallelize(List.of(1), 1)
                .foreachAsync(one -> ExchangeRuns.await(() -> Files.exists(Path.of(file)), () -> file));
        ExchangeRuns.await(() -> TaskSlots.free(spark) == 1, () -> "the other job has not begun");
        List<String> notes = new ArrayList<>();
        try (Exchange stage = new StageExchange(spark, plan, notes::add)) {
            assertArrayEquals(expected, ExchangeRuns.sums(stage));
            assertEquals(List.of("1 of 2 workers found no slot within 5 s: going on with 1"), notes);
            Files.createFile(release);
            other.get();
            ExchangeRuns.await(
                    () -> {
                        assertArrayEquals(expected, ExchangeRuns.sums(stage));
                        return notes.contains("there are more slots: going on with 2 workers");
                    },
                    notes::toString);
            assertArrayEquals(expected, ExchangeRuns.sums(stage));
            assertEquals(2, notes.size(), notes.toString());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "local[2],THROW,CLUSTER_LOST",
        "local[2],DEVICE_MEMORY,RESOURCES",
        "'local-cluster[2,1,1024]',THROW,CLUSTER_LOST"
    })
    void aWorkerThatAlwaysFailsEndsTheRun(String master, String action, ExitCode code) throws IOException {
        String always = "4 BEFORE %s 1 x100".formatted(action);
        try (Exchange stage = open(master, SHORT_TIMEOUTS, always, new ArrayList<>())) {
            JobException lost = assertThrows(JobException.class, () -> ExchangeRuns.sums(stage));
            assertEquals(code, lost.exitCode());
            assertTrue(String.valueOf(lost.getMessage()).contains("executor "), lost.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"3 BEFORE THROW 0", "3 BEFORE THROW 0 x2; 5 AFTER DEVICE_MEMORY 1 x4"})
    void localModeGoesOnAfterFailures(String schedule) throws IOException {
        try (Exchange stage = open("local[2]", Map.of(), schedule, new ArrayList<>())) {
            assertArrayEquals(expected, ExchangeRuns.sums(stage));
        }
        assertFalse(marks().isEmpty());
    }

    private List<String> marks() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("marks"))) {
            return files.map(Path::toString).toList();
        }
    }

    /** The executors of a local cluster are children of this process. */
    private static Stream<ProcessHandle> executors() {
        return ProcessHandle.current()
                .children()
                .filter(process -> process.info().command().orElse("").endsWith("java"));
    }

    private static void signal(String name, ProcessHandle process) {
        try {
            new ProcessBuilder("kill", name, "" + process.pid()).start().waitFor();
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }
}

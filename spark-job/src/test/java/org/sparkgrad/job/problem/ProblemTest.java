package org.sparkgrad.job.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;
import org.sparkgrad.gpu.device.DeviceException;

class ProblemTest {
    @Test
    void aProblemIsFoundAmongTheCauses() {
        JobException problem = JobException.data("a.csv line 3: no number");

        assertEquals(
                new Problem(ExitCode.DATA, "a.csv line 3: no number"),
                Problem.of(new SparkException("Job aborted", new IllegalStateException(problem))));
    }

    @Test
    void aProblemIsFoundInTheTextOfATasksFailure() {
        String text = "Job aborted due to stage failure: Lost task 0.0 in stage 1.0 (TID 1) (host executor 1): "
                + "java.lang.RuntimeException: wrapped\n\tat a.b.C.d(C.java:1)\nCaused by: "
                + "org.sparkgrad.job.problem.JobException: a.csv line 3: no number\nmend it\n"
                + "\tat org.sparkgrad.job.read.CsvTable.read(CsvTable.java:1)\n";

        assertEquals(
                new Problem(ExitCode.DATA, "a.csv line 3: no number\nmend it"), Problem.of(new SparkException(text)));
        assertEquals(
                new Problem(ExitCode.RESOURCES, "a.csv line 3: no number\nmend it"),
                Problem.of(new SparkException(
                        text.replace(JobException.class.getName(), DeviceException.class.getName()))));
    }

    @Test
    void devicesAndMemoryAreResources() {
        assertEquals(new Problem(ExitCode.RESOURCES, "no device 3"), Problem.of(new DeviceException("no device 3")));
        assertEquals(
                ExitCode.RESOURCES,
                Problem.of(new OutOfMemoryError("Java heap space")).exitCode());
        Problem lost = Problem.of(new SparkException("Job aborted due to stage failure: ExecutorLostFailure (executor 3"
                + " exited caused by one of the running tasks) Reason: Command exited with code 52"));
        assertEquals(ExitCode.RESOURCES, lost.exitCode());
        assertTrue(lost.message().contains("--executor-memory"), lost.message());
    }

    @Test
    void aReadThatWasStoppedSaysSo() {
        Problem stopped = Problem.of(new SparkException(
                "Encountered error while reading file file:/a.csv.",
                new SparkException("Job 3 cancelled because SparkContext was shut down")));
        assertEquals(ExitCode.RESOURCES, stopped.exitCode());
        assertTrue(stopped.message().startsWith("interrupted: "), stopped.message());
        for (String said : List.of(
                "LiveListenerBus is stopped.",
                "RpcEnv already stopped.",
                "Cannot submit a job after SparkContext stopped",
                "Cannot call methods on a stopped SparkContext.")) {
            Problem problem = Problem.of(new IllegalStateException(said));
            assertTrue(problem.message().startsWith("interrupted: "), said + " gave " + problem.message());
        }
        Problem memory = Problem.of(new SparkException(
                "Encountered error while reading file file:/a.csv.",
                new SparkException(
                        "Lost task 0.0: java.lang.OutOfMemoryError: Java heap space\n\tat a.b.C.d(C.java:1)")));
        assertEquals(ExitCode.RESOURCES, memory.exitCode());
        assertTrue(memory.message().startsWith("out of memory: "), memory.message());
    }

    @Test
    void anythingElseIsInternal() {
        assertEquals(
                new Problem(ExitCode.INTERNAL, "IllegalStateException: odd\n--verbose shows where"),
                Problem.of(new IllegalStateException("odd\nand long")));
        assertEquals(
                new Problem(ExitCode.INTERNAL, "NullPointerException\n--verbose shows where"),
                Problem.of(new NullPointerException()));
    }
}

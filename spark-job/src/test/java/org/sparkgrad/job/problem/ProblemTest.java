package org.sparkgrad.job.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;
import org.sparkgrad.gpu.device.DeviceException;

class ProblemTest {
    @Test
    void theUsersProblemIsFoundAmongTheCauses() {
        Throwable wrapped =
                new SparkException("Job aborted", new RuntimeException(JobException.data("row 7 is short")));
        assertEquals(new Problem(ExitCode.DATA, "row 7 is short"), Problem.of(wrapped));
        assertEquals(
                ExitCode.RESOURCES,
                Problem.of(new RuntimeException(new DeviceException("device 3")))
                        .exitCode());
    }

    @Test
    void aTasksFailureThatCameAsTextIsRead() {
        String text =
                "Job aborted due to stage failure: Task 0 failed: %s: device 3 is missing\nof 2\n\tat a.B.c(B.java:1)\n"
                        .formatted(DeviceException.class.getName());
        assertEquals(
                new Problem(ExitCode.RESOURCES, "device 3 is missing\nof 2"),
                Problem.of(new SparkException(text, null)));
    }

    @Test
    void anythingElseIsADefect() {
        Problem problem = Problem.of(new IllegalStateException("odd\nmore"));
        assertEquals(ExitCode.INTERNAL, problem.exitCode());
        assertTrue(problem.message().startsWith("IllegalStateException: odd\n--verbose"), problem.message());
    }
}

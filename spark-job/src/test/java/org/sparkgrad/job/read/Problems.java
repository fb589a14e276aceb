package org.sparkgrad.job.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.function.Executable;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.JobException;

/** Problems that a test expects. */
public final class Problems {
    private Problems() {}

    /** Fails unless the action ends with a data problem, thrown here or in a task, that says all these words. */
    public static void assertDataProblem(Executable action, Object... words) {
        Throwable thrown = assertThrows(Throwable.class, action);
        JobException problem = JobException.findIn(thrown).orElseThrow(() -> new AssertionError(thrown));
        assertEquals(ExitCode.DATA, problem.exitCode());
        for (Object word : words) {
            assertTrue(
                    String.valueOf(problem.getMessage()).contains(String.valueOf(word)),
                    () -> problem.getMessage() + " does not say " + word);
        }
    }
}

package org.sparkgrad.job.problem;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A problem the user can act on: the message names file, column, row or key and what to do. */
public class JobException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;

    /**
     * @param exitCode how the process ends
     * @param message what is wrong, where, and what to do
     */
    public JobException(ExitCode exitCode, String message) {
        super(ShortenedText.of(message));
        this.exitCode = exitCode;
    }

    /**
     * @param exitCode how the process ends
     * @param message what is wrong, where, and what to do
     * @param cause shown with --verbose
     */
    public JobException(ExitCode exitCode, String message, @Nullable Throwable cause) {
        super(ShortenedText.of(message), cause);
        this.exitCode = exitCode;
    }

    /** Returns a problem with the data. */
    public static JobException data(String message) {
        return new JobException(ExitCode.DATA, message);
    }

    /** Returns the problem a thrown exception is or was caused by: Spark wraps what a task throws. */
    public static Optional<JobException> findIn(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof JobException problem) {
                return Optional.of(problem);
            }
        }
        return Optional.empty();
    }

    /** Returns how the process ends. */
    public ExitCode exitCode() {
        return exitCode;
    }
}

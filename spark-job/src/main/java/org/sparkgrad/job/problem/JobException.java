package org.sparkgrad.job.problem;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An error that the user can correct. The message names the file, column, row or key, and the possible action. */
public class JobException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;

    /**
     * @param exitCode the exit code of the process
     * @param message the error, its place, and the possible action
     */
    public JobException(ExitCode exitCode, String message) {
        super(ShortenedText.of(message));
        this.exitCode = exitCode;
    }

    /**
     * @param exitCode the exit code of the process
     * @param message the error, its place, and the possible action
     * @param cause the cause, which --verbose shows
     */
    public JobException(ExitCode exitCode, String message, @Nullable Throwable cause) {
        super(ShortenedText.of(message), cause);
        this.exitCode = exitCode;
    }

    /** Returns an error in the data. */
    public static JobException data(String message) {
        return new JobException(ExitCode.DATA, message);
    }

    /** Returns the JobException among a thrown exception and its causes: Spark wraps the exceptions of tasks. */
    public static Optional<JobException> findIn(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof JobException problem) {
                return Optional.of(problem);
            }
        }
        return Optional.empty();
    }

    /** Returns the exit code of the process. */
    public ExitCode exitCode() {
        return exitCode;
    }
}

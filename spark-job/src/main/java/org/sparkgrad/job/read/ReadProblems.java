package org.sparkgrad.job.read;

import java.util.Optional;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.JobException;

/** What went wrong while reading, said in the user's words. */
final class ReadProblems {
    private static final int SNIPPET = 80;

    private ReadProblems() {}

    /** Returns the problem behind an exception of Spark or a file system: the first we raised ourselves, else this. */
    static JobException unreadable(String what, Throwable thrown) {
        Optional<JobException> own = JobException.findIn(thrown);
        if (own.isPresent()) {
            return own.get();
        }
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String reason = root.getMessage() == null ? root.getClass().getSimpleName() : firstLine(root.getMessage());
        return new JobException(ExitCode.DATA, "Cannot read " + what + ": " + reason, thrown);
    }

    /** Returns a line short enough for a message. */
    static String snippet(String line) {
        return line.length() <= SNIPPET ? line : line.substring(0, SNIPPET) + "...";
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse(message);
    }
}

package org.sparkgrad.job.report;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Chooses how progress is shown. */
public final class ProgressStreams {
    private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

    private ProgressStreams() {}

    /** Returns progress on standard error: one line that is rewritten on a terminal, else plain lines at intervals. */
    public static Progress onStandardError(PrintStream standardError) {
        return standardError == System.err && isTerminal()
                ? new TerminalProgress(standardError, System::nanoTime)
                : new LineProgress(standardError, System::nanoTime);
    }

    @SuppressWarnings("SystemConsoleNull") // Spark 3.5 runs on JDK 17
    private static boolean isTerminal() {
        if (System.console() == null) {
            return false;
        }
        try {
            String target = Files.isSymbolicLink(STANDARD_ERROR)
                    ? Files.readSymbolicLink(STANDARD_ERROR).toString()
                    : "/dev/tty";
            return target.startsWith("/dev/tty") || target.startsWith("/dev/pts");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}

package org.sparkgrad.job.problem;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.util.ShutdownHookManager;
import org.sparkgrad.gpu.device.DeviceException;

/**
 * A failure for the user: an exit code and a message of a few lines.
 *
 * @param exitCode the exit code of the process
 * @param message the error and the possible action
 */
public record Problem(ExitCode exitCode, String message) {
    /** Spark sends the failure of a task to the driver as text, with class and message in its first line. */
    private static final Pattern REMOTE = Pattern.compile("(?s)(" + Pattern.quote(JobException.class.getName()) + "|"
            + Pattern.quote(DeviceException.class.getName()) + "): (.*?)\\R\\s*at [\\w.$/@]+\\(");

    /** Spark's message for an executor whose process has ended because it ran out of memory. */
    private static final String EXECUTOR_OUT_OF_MEMORY = "exited with code 52";

    /** The class name by which the text of a task's failure shows that memory ran out. */
    private static final String OUT_OF_MEMORY = OutOfMemoryError.class.getName();

    /** The messages of Spark when a program stops Spark while a thread waits for Spark. */
    private static final Pattern STOPPED =
            Pattern.compile("SparkContext (?:was|has been|is|already) (?:shut ?down|stopped)"
                    + "|after SparkContext stopped|stopped SparkContext|Shutdown in progress"
                    + "|(?:LiveListenerBus|RpcEnv) (?:is |was |already |has been )+stopped");

    /**
     * Returns the problem if the machine or the process caused the failure, and not the data that were read: too little
     * memory, a full disk, or a stop.
     */
    public static Optional<Problem> ofTheMachine(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String said = String.valueOf(cause.getMessage());
            if (cause instanceof OutOfMemoryError || said.contains(OUT_OF_MEMORY)) {
                return Optional.of(new Problem(ExitCode.RESOURCES, memory(cause)));
            }
            if (said.contains(EXECUTOR_OUT_OF_MEMORY)) {
                return Optional.of(new Problem(
                        ExitCode.RESOURCES,
                        "The executors ran out of memory: give --executor-memory more, or each fewer cores"));
            }
            if (ShutdownHookManager.inShutdown() // after a signal, failures are caused by the stop
                    || STOPPED.matcher(said).find()
                    || cause instanceof InterruptedException
                    || cause instanceof InterruptedIOException
                    || cause instanceof ClosedByInterruptException) {
                return Optional.of(new Problem(ExitCode.RESOURCES, "interrupted: Spark was stopped meanwhile"));
            }
        }
        return DiskFull.tells(failure)
                ? DiskFull.in(failure).map(full -> new Problem(ExitCode.RESOURCES, full))
                : Optional.empty();
    }

    private static String memory(Throwable cause) {
        return (cause instanceof OutOfMemoryError ? text(cause) : "out of memory")
                + ": give --driver-memory or --executor-memory more, or make shards smaller by a larger --shards";
    }

    /**
     * Returns the problem for a failure: a JobException among its causes or in the text of a task's failure; else a
     * defect.
     */
    public static Problem of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            Optional<Problem> known = known(cause);
            if (known.isPresent()) {
                return known.get();
            }
        }
        Optional<Problem> machine = ofTheMachine(failure);
        if (machine.isPresent()) {
            return machine.get();
        }
        Optional<String> full = DiskFull.in(failure);
        if (full.isPresent()) {
            return new Problem(ExitCode.RESOURCES, full.get());
        }
        Optional<String> unreadable = UnreadableFile.findIn(failure);
        if (unreadable.isPresent()) {
            return new Problem(ExitCode.DATA, unreadable.get());
        }
        Throwable root = UnreadableFile.root(failure);
        if (root instanceof IOException) {
            return new Problem(
                    ExitCode.RESOURCES,
                    "a file cannot be read or written: " + text(root)
                            + "\nCheck disks, network and permissions; --verbose shows where");
        }
        String message = failure.getMessage() == null
                ? ""
                : ": " + failure.getMessage().lines().findFirst().orElse("");
        return new Problem(ExitCode.INTERNAL, failure.getClass().getSimpleName() + message + "\n--verbose shows where");
    }

    private static Optional<Problem> known(Throwable cause) {
        if (cause instanceof JobException problem) {
            return Optional.of(new Problem(problem.exitCode(), text(problem)));
        }
        if (cause instanceof DeviceException device) {
            return Optional.of(new Problem(ExitCode.RESOURCES, text(device)));
        }
        Matcher remote = REMOTE.matcher(String.valueOf(cause.getMessage()));
        if (remote.find()) {
            boolean device = remote.group(1).equals(DeviceException.class.getName());
            return Optional.of(new Problem(device ? ExitCode.RESOURCES : ExitCode.DATA, remote.group(2)));
        }
        return Optional.empty();
    }

    private static String text(Throwable failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}

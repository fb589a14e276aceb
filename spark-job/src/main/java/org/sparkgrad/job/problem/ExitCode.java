package org.sparkgrad.job.problem;

/** The exit codes of the process. */
public enum ExitCode {
    /** All done. */
    OK(0, "All done."),
    /** A defect of sparkgrad or its surroundings. */
    INTERNAL(1, "A defect of sparkgrad or its surroundings; --verbose shows where."),
    /** A wrong command line or configuration. */
    USAGE(2, "A wrong command line or configuration, or an output that exists or cannot be written."),
    /** Data that cannot be trained on. */
    DATA(3, "Data that cannot be trained on: the message names file, row or column."),
    /** No usable device, or not enough memory or disk space. */
    RESOURCES(4, "No usable device, or too little memory or disk."),
    /** Coefficients or objective became infinite or NaN. */
    DIVERGED(5, "Coefficients or objective left the finite numbers."),
    /** A scheduled run's model is not good enough to be promoted. */
    REFUSED(6, "The gate of a scheduled run refused its model; what was promoted before still is."),
    /** A signal stopped the run; --resume continues it. */
    INTERRUPTED(7, "Stopped by a signal after a checkpoint: the same command with --resume goes on."),
    /** The cluster cannot make progress. */
    CLUSTER_LOST(8, "The cluster makes no progress: executors are gone, or a worker fails again and again.");

    private final int status;
    private final String meaning;

    ExitCode(int status, String meaning) {
        this.status = status;
        this.meaning = meaning;
    }

    /** Returns the meaning in one sentence. */
    public String meaning() {
        return meaning;
    }

    /** Returns the exit status of the process. */
    public int status() {
        return status;
    }
}

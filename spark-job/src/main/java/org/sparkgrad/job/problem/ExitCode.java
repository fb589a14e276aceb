package org.sparkgrad.job.problem;

/** How the process ends. */
public enum ExitCode {
    /** All done. */
    OK(0),
    /** A defect of sparkgrad or its surroundings. */
    INTERNAL(1),
    /** A wrong command line or configuration. */
    USAGE(2),
    /** Data that cannot be trained on. */
    DATA(3),
    /** No usable device, or not enough of something. */
    RESOURCES(4),
    /** Coefficients or objective left the finite numbers. */
    DIVERGED(5);

    private final int status;

    ExitCode(int status) {
        this.status = status;
    }

    /** Returns the process's exit status. */
    public int status() {
        return status;
    }
}

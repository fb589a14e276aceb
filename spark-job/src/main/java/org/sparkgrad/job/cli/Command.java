package org.sparkgrad.job.cli;

import java.io.PrintStream;
import java.util.List;
import org.sparkgrad.job.config.KeyTable;

/** A command of the command line. */
interface Command {
    /** Returns its name. */
    String name();

    /** Returns what it does, in one line. */
    String summary();

    /** Returns a line that shows how it is used. */
    String example();

    /** Returns its options. */
    KeyTable options();

    /**
     * Runs it.
     *
     * @param arguments its options as given
     * @param out takes results
     * @param err takes progress
     * @throws org.sparkgrad.job.problem.JobException for what the user can mend
     */
    void run(List<String> arguments, PrintStream out, PrintStream err);
}

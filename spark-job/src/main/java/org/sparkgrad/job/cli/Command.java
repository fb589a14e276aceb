package org.sparkgrad.job.cli;

import java.io.PrintStream;
import java.util.List;
import org.sparkgrad.job.config.KeyTable;

/** A command of the command line. */
interface Command {
    /** Returns its name. */
    String name();

    /** Returns a one-line description. */
    String summary();

    /** Returns an example of its use in one line. */
    String example();

    /** Returns its options. */
    KeyTable options();

    /**
     * Runs the command.
     *
     * @param arguments the options, as given
     * @param out receives the results
     * @param err receives the progress
     * @throws org.sparkgrad.job.problem.JobException for errors that the user can correct
     */
    void run(List<String> arguments, PrintStream out, PrintStream err);
}

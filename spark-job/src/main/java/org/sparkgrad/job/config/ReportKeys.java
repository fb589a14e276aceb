package org.sparkgrad.job.config;

import java.util.ArrayList;
import java.util.List;

/** The options of the report command. */
public final class ReportKeys {
    static final Key<String> RUN = new Key<>(
            KeyGroup.OUTPUT,
            "output",
            ValueTypes.text("PATH"),
            null,
            "The folder of a training run, which may also stand alone as the first word; required.");

    /** The options of the command line. */
    public static final KeyTable COMMAND_LINE = KeyTable.of(RUN).and(GeneralKeys.TABLE);

    private ReportKeys() {}

    /**
     * Returns the folder of the arguments.
     *
     * @throws org.sparkgrad.job.problem.JobException with a line for each problem
     */
    public static String output(List<String> arguments) {
        List<String> options = new ArrayList<>(arguments);
        if (!options.isEmpty() && !options.get(0).startsWith("--")) {
            options.add(0, RUN.option());
        }
        Problems problems = new Problems();
        ParsedValues values = CommandLine.read(COMMAND_LINE, options, problems);
        String output = values.find(RUN);
        if (output == null) {
            problems.add(RUN.option() + ": missing; name the folder of a training run, sparkgrad report OUTPUT");
        }
        problems.throwIfAny();
        return values.get(RUN);
    }
}

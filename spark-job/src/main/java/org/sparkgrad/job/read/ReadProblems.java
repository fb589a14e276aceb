package org.sparkgrad.job.read;

import java.util.List;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.JobException;
import org.sparkgrad.job.problem.Problem;
import org.sparkgrad.job.problem.UnreadableFile;

/** Converts errors while reading to messages for users. */
final class ReadProblems {
    private static final int SNIPPET = 80;
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\\t\\n]]");

    private ReadProblems() {}

    /**
     * Returns the problem that caused an exception of Spark or of a file system: the first {@link JobException} among
     * the causes, else a message about the exception.
     */
    static JobException unreadable(String what, Throwable thrown) {
        return JobException.findIn(thrown)
                .or(() -> Problem.ofTheMachine(thrown)
                        .map(problem -> new JobException(
                                problem.exitCode(), "While " + what + " was read: " + problem.message(), thrown)))
                .orElseGet(() -> new JobException(
                        ExitCode.DATA,
                        UnreadableFile.findIn(thrown).orElseGet(() -> UnreadableFile.message(what, thrown)),
                        thrown));
    }

    /** Returns the message for files without rows. */
    static String noRows(List<FileBlock> blocks, String where) {
        List<Path> files =
                blocks.stream().map(FileBlock::path).distinct().sorted().toList();
        String others = files.size() > 1 ? ", nor do the " + (files.size() - 1) + " files after it" : "";
        return files.get(0) + " holds no rows" + where + others + ": name files that have rows.";
    }

    /** Returns a text that is short enough for a message and safe for a terminal. */
    static String snippet(String text) {
        String start = text.length() <= SNIPPET
                ? text
                : "%s... (%d characters)".formatted(text.substring(0, SNIPPET), text.length());
        return CONTROL.matcher(start).replaceAll("?");
    }
}

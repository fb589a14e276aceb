package org.sparkgrad.job.read;

import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sparkgrad.job.problem.JobException;
import org.sparkgrad.job.problem.Problem;

/**
 * Finds the place of a table's row in its file. An error within a task has only the row's number; this interface adds
 * file and line.
 */
@FunctionalInterface
public interface RowPlaces {
    /** The start of a message about one row. */
    Pattern ROW = Pattern.compile("^Row (\\d+)(?= )");

    /** Returns the place of a row, such as "FILE line 17" or "FILE row 16". Lines count from 1, rows from 0. */
    String of(long row);

    /**
     * Does work over the table.
     *
     * @throws JobException with the row's file and line instead of its number, if the work throws one whose message
     *     starts with "Row N"
     */
    default <T> T naming(Supplier<T> work) {
        try {
            return work.get();
        } catch (Throwable failure) { // Spark throws checked exceptions that no signature declares
            Problem problem = Problem.of(failure);
            Matcher row = ROW.matcher(problem.message());
            if (!row.find()) {
                throw failure;
            }
            String place = of(Long.parseLong(row.group(1)));
            throw new JobException(problem.exitCode(), row.replaceFirst(Matcher.quoteReplacement(place)), failure);
        }
    }
}

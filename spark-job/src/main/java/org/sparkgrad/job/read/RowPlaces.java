package org.sparkgrad.job.read;

import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sparkgrad.job.problem.JobException;
import org.sparkgrad.job.problem.Problem;

/** Where in its files a row of a table is. Errors within tasks know the row's number alone; this names file and line. */
@FunctionalInterface
public interface RowPlaces {
    /** How a message about one row begins. */
    Pattern ROW = Pattern.compile("^Row (\\d+)(?= )");

    /** Returns the place of a row, as "FILE line 17" or "FILE row 16", counting lines from 1 and rows from 0. */
    String of(long row);

    /**
     * Does work over the table.
     *
     * @throws JobException instead of one that says "Row N ...", with the row's file and line in place of its number
     */
    default <T> T naming(Supplier<T> work) {
        try {
            return work.get();
        } catch (Throwable failure) { // Spark's exceptions are checked ones that no signature declares
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

package org.sparkgrad.job.read;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.sparkgrad.job.problem.JobException;

/** The names of a table's columns. */
final class ColumnNames {
    private ColumnNames() {}

    /** Returns the names of columns without a header: "0", "1" and so on. */
    static List<String> ofIndices(int columns) {
        return IntStream.range(0, columns).mapToObj(Integer::toString).toList();
    }

    /**
     * Checks the names in a header.
     *
     * @param where the file and line of the header
     * @throws JobException for names that are empty, occur twice, or differ only in case, which Spark ignores
     */
    static void check(String where, List<String> names) {
        Set<String> seen = new HashSet<>();
        for (int column = 0; column < names.size(); column++) {
            String name = names.get(column);
            if (name.isEmpty()) {
                throw JobException.data(where + ": column " + column + " has no name in the header:"
                        + " name it, or read without a header.");
            }
            if (!seen.add(name.toLowerCase(Locale.ROOT))) {
                throw JobException.data(where + ": two columns are named \"" + name + "\" in the"
                        + " header: rename one, or read without a header.");
            }
        }
        checkFree(names);
    }

    /** Throws an exception if the table already has a column of row numbers. */
    static void checkFree(List<String> names) {
        if (names.contains(Table.ROW_NUMBER)) {
            throw JobException.data("A column is named " + Table.ROW_NUMBER + ", which is the name of the row"
                    + " numbers: rename it.");
        }
    }
}

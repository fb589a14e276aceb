package org.sparkgrad.job.read;

import static org.apache.spark.sql.functions.col;

import java.io.Serializable;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.sparkgrad.job.problem.JobException;

/** Resolves column references of users: a header, or an index from 0, where -1 is the last column. */
public final class ColumnReferences implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int LISTED = 20;

    private final List<String> names;
    private final Set<String> known;
    private final Set<String> taken = new HashSet<>();

    /** @param columns the columns of a table; the column of row numbers is left out */
    public ColumnReferences(String[] columns) {
        this.names = Arrays.stream(columns)
                .filter(name -> !name.equals(Table.ROW_NUMBER))
                .toList();
        this.known = Set.copyOf(names);
        names.forEach(name -> taken.add(folded(name)));
        if (names.isEmpty()) {
            throw JobException.data("The table has no columns.");
        }
    }

    /** Returns the names of all columns. */
    public List<String> names() {
        return names;
    }

    /**
     * Returns the name of the referenced column; headers go before indices.
     *
     * @throws JobException if there is no such column
     */
    public String resolve(String reference) {
        return find(reference).orElseThrow(() -> missing(reference));
    }

    /** Returns the name of the referenced column, or empty if there is none; headers go before indices. */
    public Optional<String> find(String reference) {
        if (known.contains(reference)) {
            return Optional.of(reference);
        }
        try {
            int index = Integer.parseInt(reference);
            int fromStart = index < 0 ? index + names.size() : index;
            return fromStart >= 0 && fromStart < names.size() ? Optional.of(names.get(fromStart)) : Optional.empty();
        } catch (NumberFormatException noIndex) {
            return Optional.empty();
        }
    }

    /** Returns the last column. */
    public String last() {
        return names.get(names.size() - 1);
    }

    /** Returns a name that is free in any case, as near to the wish as possible. Spark treats X and x as one name. */
    public String free(String wish) {
        String name = wish;
        while (taken.contains(folded(name))) {
            name = "_" + name;
        }
        return name;
    }

    /** Returns a free name and reserves the name. */
    public String take(String wish) {
        String name = free(wish);
        taken.add(folded(name));
        return name;
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** Returns a column by its whole name, dots and backticks included. */
    public static Column column(String name) {
        return col(quoted(name));
    }

    /** Returns a name quoted for SQL. */
    public static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    private JobException missing(String reference) {
        String more = names.size() > LISTED ? ", ... (" + names.size() + " in all)" : "";
        return JobException.data("There is no column " + reference + ". The columns are "
                + String.join(", ", names.subList(0, Math.min(LISTED, names.size()))) + more + ".");
    }
}

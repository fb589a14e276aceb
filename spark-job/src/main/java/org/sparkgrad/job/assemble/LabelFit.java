package org.sparkgrad.job.assemble;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.config.LabelSettings;
import org.sparkgrad.job.problem.JobException;

/** Finds the classes of a label column. One job counts the values of the column. */
final class LabelFit {
    /** No real data set has more classes than this; a column of measured numbers has more values. */
    static final int MOST_LABELS = 100_000;

    /** No real data set numbers its classes with more fractions than this; a column of measured numbers has more. */
    private static final int MOST_FRACTIONS = 100;

    /** With so few fractions, a column is never taken as measured. */
    private static final int FEW = 10;

    private final String column;
    private final List<LabelCount> counts;
    private final LabelScan scan;

    private LabelFit(String column, List<LabelCount> counts, LabelScan scan) {
        this.column = column;
        this.counts = counts;
        this.scan = scan;
    }

    /**
     * Counts the values of the label column, and the non-zero features of all rows.
     *
     * @param features the reader of features, which counts those that are not zero
     * @throws JobException for a column without labels, or rows without a label
     */
    static LabelFit of(Dataset<Row> table, String column, Features features) {
        return of(table.schema(), column, () -> LabelScan.of(table, column, features));
    }

    /**
     * Finds the classes.
     *
     * @param read counts the values of the column, if it is of a type that labels have
     * @throws JobException as above
     */
    static LabelFit of(StructType schema, String column, Supplier<LabelScan> read) {
        ColumnTypes.checkLabel(schema, column);
        LabelScan scan = read.get();
        Map<@Nullable Object, LabelCount> byValue = scan.counts();
        List<LabelCount> counts = new ArrayList<>(byValue.values());
        if (counts.size() > MOST_LABELS) {
            throw JobException.data("The label column " + column + " has more than " + MOST_LABELS
                    + " different values: it holds no classes. Name the label column.");
        }
        counts.sort(Comparator.comparingLong(LabelCount::firstRow));
        for (LabelCount label : counts) {
            if (label.isMissing()) {
                throw JobException.data("Row " + label.firstRow() + " has no label in column " + column + " ("
                        + label.rows() + " such rows): give it one, or leave it out.");
            }
        }
        return new LabelFit(column, counts, scan);
    }

    /** Returns N. */
    long rows() {
        return counts.stream().mapToLong(LabelCount::rows).sum();
    }

    /** Returns the number of non-zero features of all rows. */
    long entries() {
        return scan.entries();
    }

    /** Returns, by partition, the cell of each code that kept rows have as labels. */
    Map<Integer, List<Object>> codes() {
        return scan.codes();
    }

    /**
     * Returns the classes: texts ordered by name, numbers and booleans by value. Counts do not affect the order.
     *
     * @param settings the settings that override this order
     * @throws JobException for a single class, measured numbers, or a positive label that is not one of two labels
     */
    LabelIndex index(LabelSettings settings) {
        if (counts.isEmpty()) {
            throw JobException.data("The table has no rows.");
        }
        boolean numeric = counts.get(0).value() instanceof Number;
        if (numeric) {
            checkClasses();
        }
        if (counts.size() == 1) {
            throw JobException.data("All " + rows() + " rows have the label "
                    + counts.get(0).label() + " in column " + column + ": there is nothing to tell apart.");
        }
        List<LabelCount> classes = new LabelOrder(column, numeric, settings).of(counts);
        return new LabelIndex(
                numeric,
                classes.stream().map(LabelCount::label).toList(),
                classes.stream().map(LabelCount::cell).toList(),
                classes.stream().map(LabelCount::rows).toList());
    }

    /** Refuses measured numbers: very many fractions, or fractions most of which occur in one row only. */
    private void checkClasses() {
        for (LabelCount label : counts) {
            if (Double.isInfinite(label.number())) {
                throw JobException.data("The label column " + column + " holds " + label.text() + " in row "
                        + label.firstRow() + ": labels are text, finite numbers or booleans.");
            }
        }
        long fractions = counts.stream().filter(LabelCount::isFraction).count();
        boolean rare = fractions > FEW && 2L * counts.size() > rows();
        if (fractions > MOST_FRACTIONS || rare) {
            LabelCount example =
                    counts.stream().filter(LabelCount::isFraction).findFirst().orElseThrow();
            throw JobException.data("The label column " + column + " has " + counts.size() + " different values in "
                    + rows() + " rows, " + fractions + " of them fractions such as " + example.text() + " in row "
                    + example.firstRow() + ": it holds no classes. Name the label column.");
        }
    }
}

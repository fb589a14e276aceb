package org.sparkgrad.job.assemble;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.problem.JobException;
import org.sparkgrad.job.read.TableReader;

/** One row of a table to an instance, checked cell by cell. */
final class InstanceReader implements Function<Row, Instance> {
    private static final long serialVersionUID = 1L;
    private static final int LISTED = 10;

    private final ColumnRoles roles;
    private final LabelIndex labels;
    private final int features;
    private final int rowNumber;
    private final int label;
    private final int weight;
    private final int[] featureColumns;

    /**
     * @param columns the table's columns, with all that have a role
     * @param features F
     */
    InstanceReader(List<String> columns, ColumnRoles roles, LabelIndex labels, int features) {
        this.roles = roles;
        this.labels = labels;
        this.features = features;
        Map<String, Integer> places = new LinkedHashMap<>();
        columns.forEach(name -> places.put(name, places.size()));
        this.rowNumber = place(places, TableReader.ROW_NUMBER);
        this.label = place(places, roles.label());
        this.weight = roles.weight() == null ? -1 : place(places, roles.weight());
        this.featureColumns =
                roles.features().stream().mapToInt(name -> place(places, name)).toArray();
    }

    @Override
    public Instance call(Row row) {
        long number = row.getLong(rowNumber);
        int index = labels.indexOf(row.get(label));
        if (index < 0) {
            throw unknownLabel(number, row.get(label));
        }
        double instanceWeight = roles.weight() == null ? 1 : number(number, roles.weight(), row.get(weight));
        if (instanceWeight < 0) {
            throw JobException.data("Row " + number + " has the weight " + instanceWeight + " in column "
                    + roles.weight() + ": weights are 0 or more.");
        }
        Vector vector = roles.vector() ? vector(number, row.get(featureColumns[0])) : assembled(number, row);
        return new Instance(number, index, instanceWeight, vector.compressed());
    }

    private static int place(Map<String, Integer> places, String name) {
        Integer place = places.get(name);
        if (place == null) {
            throw JobException.data("The table has no column " + name + ", which the training table has. It has "
                    + String.join(", ", places.keySet()) + ".");
        }
        return place;
    }

    private Vector assembled(long row, Row cells) {
        double[] values = new double[features];
        for (int feature = 0; feature < features; feature++) {
            values[feature] = number(row, roles.features().get(feature), cells.get(featureColumns[feature]));
        }
        return Vectors.dense(values);
    }

    private Vector vector(long row, @Nullable Object cell) {
        String column = roles.features().get(0);
        if (!(cell instanceof Vector vector)) {
            throw JobException.data("Row " + row + " has no vector in column " + column + ": leave it out.");
        }
        if (vector.size() != features) {
            throw JobException.data("Row " + row + " has a vector of " + vector.size() + " features in column " + column
                    + ", where " + features + " are expected.");
        }
        double[] values;
        if (vector instanceof SparseVector sparse) {
            values = sparse.values();
        } else if (vector instanceof DenseVector dense) {
            values = dense.values();
        } else {
            values = vector.toArray();
        }
        for (double value : values) {
            finite(row, column, value);
        }
        return vector;
    }

    private static double number(long row, String column, @Nullable Object cell) {
        if (cell instanceof Number number) {
            return finite(row, column, number.doubleValue());
        }
        if (cell instanceof Boolean flag) {
            return flag ? 1 : 0;
        }
        throw JobException.data("Row " + row + " has "
                + (cell == null ? "no number" : "\"" + cell + "\" rather than a number") + " in column " + column
                + ": fill it in, leave the row out or ignore the column.");
    }

    private static double finite(long row, String column, double value) {
        if (!Double.isFinite(value)) {
            throw JobException.data("Row " + row + " has " + value + " in column " + column
                    + ": numbers are finite. Mend it, leave the row out or ignore the column.");
        }
        return value;
    }

    private JobException unknownLabel(long row, @Nullable Object cell) {
        String what = cell == null ? "no label" : "the label \"" + cell + "\"";
        List<String> known = labels.labels();
        String more = known.size() > LISTED ? ", ..." : "";
        return JobException.data("Row " + row + " has " + what + " in column " + roles.label()
                + "; the training labels are " + String.join(", ", known.subList(0, Math.min(LISTED, known.size())))
                + more + ".");
    }
}

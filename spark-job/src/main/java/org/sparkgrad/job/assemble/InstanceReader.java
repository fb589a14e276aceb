package org.sparkgrad.job.assemble;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.problem.JobException;
import org.sparkgrad.job.read.TableReader;

/** One row (row number, label, weight if there is one, features) to an instance, checked cell by cell. */
final class InstanceReader implements Function<Row, Instance> {
    private static final long serialVersionUID = 1L;
    private static final int ROW = 0;
    private static final int LABEL = 1;
    private static final int LISTED = 10;

    private final ColumnRoles roles;
    private final LabelIndex labels;
    private final int features;
    private final int firstFeature;

    InstanceReader(ColumnRoles roles, LabelIndex labels, int features) {
        this.roles = roles;
        this.labels = labels;
        this.features = features;
        this.firstFeature = roles.weight() == null ? LABEL + 1 : LABEL + 2;
    }

    /**
     * Returns the columns this reader takes, in its order.
     *
     * @throws JobException if the table lacks one, or it holds no numbers where they are needed
     */
    Dataset<Row> select(Dataset<Row> table) {
        ColumnReferences columns = new ColumnReferences(table.columns());
        List<Column> selected = new ArrayList<>();
        selected.add(ColumnReferences.column(TableReader.ROW_NUMBER));
        selected.add(column(columns, roles.label()));
        if (roles.weight() != null) {
            selected.add(column(columns, roles.weight()));
        }
        roles.features().forEach(name -> selected.add(column(columns, name)));
        FeatureCheck.check(table, roles);
        return table.select(selected.toArray(Column[]::new));
    }

    @Override
    public Instance call(Row row) {
        long number = row.getLong(ROW);
        int label = labels.indexOf(row.get(LABEL));
        if (label < 0) {
            throw unknownLabel(number, row.get(LABEL));
        }
        double weight = roles.weight() == null ? 1 : number(number, roles.weight(), row.get(LABEL + 1));
        if (weight < 0) {
            throw JobException.data("Row " + number + " has the weight " + weight + " in column " + roles.weight()
                    + ": weights are 0 or more.");
        }
        Vector vector = roles.vector() ? vector(number, row.get(firstFeature)) : assembled(number, row);
        return new Instance(number, label, weight, vector.compressed());
    }

    private static Column column(ColumnReferences columns, String name) {
        if (!columns.names().contains(name)) {
            throw JobException.data("The table has no column " + name + ", which the training table has. It has "
                    + String.join(", ", columns.names()) + ".");
        }
        return ColumnReferences.column(name);
    }

    private Vector assembled(long row, Row cells) {
        double[] values = new double[features];
        for (int feature = 0; feature < features; feature++) {
            values[feature] = number(row, roles.features().get(feature), cells.get(firstFeature + feature));
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

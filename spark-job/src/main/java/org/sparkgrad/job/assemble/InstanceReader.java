package org.sparkgrad.job.assemble;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.problem.JobException;
import org.sparkgrad.job.read.Table;

/** Converts a row of a table to an instance and checks each cell. */
final class InstanceReader implements InstanceOfRow {
    private static final long serialVersionUID = 1L;
    private static final int LISTED = 10;

    private final ColumnRoles roles;
    private final LabelIndex labels;
    private final Features features;
    private final int rowNumber;
    private final int label;
    private final int weight;
    private final int[] places;

    /** @param columns the columns of the table, including all that have a role */
    InstanceReader(List<String> columns, ColumnRoles roles, LabelIndex labels, Features features) {
        this.roles = roles;
        this.labels = labels;
        this.features = features;
        Map<String, Integer> known = new LinkedHashMap<>();
        columns.forEach(name -> known.put(name, known.size()));
        this.rowNumber = place(known, Table.ROW_NUMBER);
        this.label = place(known, roles.label());
        this.weight = roles.weight() == null ? -1 : place(known, roles.weight());
        this.places =
                features.columns().stream().mapToInt(name -> place(known, name)).toArray();
    }

    @Override
    public Instance read(Row row) {
        long number = row.getLong(rowNumber);
        int index = labels.indexOf(row.get(label));
        if (index < 0) {
            throw unknownLabel(number, row.get(label));
        }
        double instanceWeight = roles.weight() == null ? 1 : NumberCells.of(number, roles.weight(), row.get(weight));
        if (instanceWeight < 0) {
            throw JobException.data("Row " + number + " has the weight " + instanceWeight + " in column "
                    + roles.weight() + ": weights are 0 or more.");
        }
        return new Instance(number, index, instanceWeight, features.read(number, row, places));
    }

    private static int place(Map<String, Integer> places, String name) {
        Integer place = places.get(name);
        if (place == null) {
            throw JobException.data("The table has no column " + name + ", which the training table has. It has "
                    + String.join(", ", places.keySet()) + ".");
        }
        return place;
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

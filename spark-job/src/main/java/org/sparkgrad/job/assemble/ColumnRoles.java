package org.sparkgrad.job.assemble;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.config.DataSettings;
import org.sparkgrad.job.config.DataSettings.Format;
import org.sparkgrad.job.problem.JobException;
import org.sparkgrad.job.read.ColumnReferences;
import org.sparkgrad.job.read.Table;

/**
 * The roles of columns.
 *
 * @param label the label column
 * @param features the feature columns
 * @param vector whether the features are one column of vectors
 * @param weight the weight column, or null
 */
record ColumnRoles(
        String label,
        List<String> features,
        boolean vector,
        @Nullable String weight) implements Serializable {
    private static final String LABEL = "label";
    private static final String FEATURES = "features";
    private static final String WEIGHT = "weight";

    /**
     * Decides on the roles from the settings and from the names and types of a table.
     *
     * @throws JobException for a column that is missing or has two roles, or if there is no feature
     */
    static ColumnRoles of(StructType schema, ColumnReferences columns, DataSettings settings) {
        String label = label(columns, settings);
        String weight = weight(columns, settings);
        if (label.equals(weight)) {
            throw twoRoles(label, "the label", "the weight");
        }
        Set<String> ignored = new HashSet<>();
        settings.ignoreColumns().forEach(name -> ignored.add(columns.resolve(name)));
        if (settings.features().isEmpty()) {
            List<String> others = columns.names().stream()
                    .filter(name -> !name.equals(label) && !name.equals(weight) && !ignored.contains(name))
                    .toList();
            List<String> features = others.contains(FEATURES) && isWhole(schema) ? List.of(FEATURES) : others;
            return checked(schema, settings, label, features, weight);
        }
        Set<String> seen = new HashSet<>();
        List<String> features =
                settings.features().stream().map(columns::resolve).toList();
        for (String feature : features) {
            if (feature.equals(label)) {
                throw twoRoles(feature, "the label", "a feature");
            }
            if (feature.equals(weight)) {
                throw twoRoles(feature, "the weight", "a feature");
            }
            if (ignored.contains(feature)) {
                throw twoRoles(feature, "ignored", "a feature");
            }
            if (!seen.add(feature)) {
                throw JobException.data("The feature column " + feature + " is named twice.");
            }
        }
        return checked(schema, settings, label, features, weight);
    }

    /** Returns the role of a column in one word. */
    String roleOf(String column) {
        if (column.equals(label)) {
            return "label";
        }
        if (column.equals(weight)) {
            return "weight";
        }
        return features.contains(column) ? "feature" : "ignored";
    }

    /**
     * Returns the columns that have a role, if the table has all: features, label, weight if there is one, row number.
     * A table that lacks one is returned whole.
     *
     * @param ordered the feature columns in the order of their features
     */
    Dataset<Row> only(Dataset<Row> table, List<String> ordered) {
        List<String> used = new ArrayList<>(ordered);
        used.add(label);
        if (weight != null) {
            used.add(weight);
        }
        used.add(Table.ROW_NUMBER);
        return Set.copyOf(List.of(table.columns())).containsAll(used)
                ? table.select(used.stream().map(ColumnReferences::column).toArray(Column[]::new))
                : table;
    }

    /**
     * Returns the weight column. The column "weight" of LIBSVM is the weight after the labels in the lines, and cannot
     * be another column.
     */
    private static @Nullable String weight(ColumnReferences columns, DataSettings settings) {
        if (settings.weight() != null) {
            return columns.resolve(settings.weight());
        }
        return settings.format() == Format.LIBSVM && columns.names().contains(WEIGHT) ? WEIGHT : null;
    }

    /** Returns the label column: the column that the settings name, else "label", else the last column. */
    static String label(ColumnReferences columns, DataSettings settings) {
        if (settings.label() != null) {
            return columns.resolve(settings.label());
        }
        return columns.names().contains(LABEL) ? LABEL : columns.last();
    }

    private static ColumnRoles checked(
            StructType schema, DataSettings settings, String label, List<String> features, @Nullable String weight) {
        if (features.isEmpty()) {
            boolean alone =
                    schema.length() == 2 && settings.format() == Format.CSV; // the other column has the row numbers
            throw JobException.data("No column is left for features beside the label column %s.%s"
                    .formatted(label, alone ? " Say with --delimiter what stands between the cells of a line." : ""));
        }
        for (String feature : features) {
            if (features.size() > 1 && isVector(schema, feature)) {
                throw JobException.data("The column " + feature + " holds vectors, which cannot stand beside other"
                        + " feature columns: name it alone with features, or ignore it.");
            }
        }
        return new ColumnRoles(label, features, isVector(schema, features.get(0)), weight);
    }

    private static boolean isWhole(StructType schema) {
        return isVector(schema, FEATURES)
                || ColumnTypes.isArray(schema.apply(FEATURES).dataType());
    }

    private static boolean isVector(StructType schema, String name) {
        return schema.apply(name).dataType().equals(SQLDataTypes.VectorType());
    }

    private static JobException twoRoles(String column, String one, String other) {
        return JobException.data("The column " + column + " is both " + one + " and " + other + ": choose one.");
    }
}

package org.sparkgrad.job.evaluate;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StringType;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.assemble.BatchReader;
import org.sparkgrad.job.assemble.ColumnTypes;
import org.sparkgrad.job.assemble.Instance;
import org.sparkgrad.job.assemble.RowBatch;
import org.sparkgrad.job.config.DataSettings;
import org.sparkgrad.job.config.DataSettings.Format;
import org.sparkgrad.job.model.NumberFeatures;
import org.sparkgrad.job.model.RenamedColumns;
import org.sparkgrad.job.model.SavedModel;
import org.sparkgrad.job.problem.JobException;
import org.sparkgrad.job.read.ColumnReferences;
import org.sparkgrad.job.read.CompactVectors;
import org.sparkgrad.job.read.LabelledRows;
import org.sparkgrad.job.read.Table;

/**
 * Converts a labelled table to rows of a saved model: the model's features, and the model's class for each original
 * label.
 */
public final class ModelRows implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int LISTED = 10;

    private final String label;
    private final @Nullable String weight;
    private final List<String> labels;
    private final Map<String, Integer> classes = new HashMap<>();
    private final @Nullable NumberFeatures numbers;

    /** The classes by the numbers of their labels; empty unless all labels are different numbers. */
    private final Map<Double, Integer> classesOfNumbers = new HashMap<>();

    private ModelRows(String label, @Nullable String weight, List<String> labels, @Nullable NumberFeatures numbers) {
        this.numbers = numbers;
        this.label = label;
        this.weight = weight;
        this.labels = labels;
        for (int index = 0; index < labels.size(); index++) {
            classes.put(labels.get(index), index);
            classesOfNumbers.put(number(labels.get(index)), index);
        }
        if (classesOfNumbers.containsKey(Double.NaN) || classesOfNumbers.size() < labels.size()) {
            classesOfNumbers.clear();
        }
    }

    /**
     * Returns the rows.
     *
     * @param table the table, with a column {@link Table#ROW_NUMBER}
     * @param settings the settings with the label column, else the model's label column is used, and with the optional
     *     weight column
     * @throws JobException if columns are missing; within tasks for a label that the model does not have, a weight
     *     below 0, or features that are not finite numbers
     */
    public static JavaRDD<RowBatch> of(SavedModel model, Dataset<Row> table, DataSettings settings) {
        if (!model.predictsTheLikeliest()) {
            throw JobException.data(
                    "The model at " + model.path() + " predicts by thresholds of its own, and metrics are"
                            + " those of the likeliest class: use predict, or save it with threshold 0.5.");
        }
        ColumnReferences columns = new ColumnReferences(table.columns());
        RenamedColumns apart = model.apart(table);
        String label = label(model, columns, settings);
        String weightColumn = weight(columns, settings);
        Dataset<Row> assembled = model.assembled(apart.table()); // has checked the columns, also for numbers
        Optional<NumberFeatures> numbers = model.numbers(apart.table());
        List<Column> read = new ArrayList<>();
        numbers.map(NumberFeatures::columns)
                .orElse(List.of(model.scorer().getFeaturesCol()))
                .forEach(name -> read.add(ColumnReferences.column(name)));
        read.add(readable(table, label, "string", apart));
        if (weightColumn != null) {
            read.add(readable(table, weightColumn, "double", apart));
        }
        read.add(functions.col(Table.ROW_NUMBER));
        Dataset<Row> rows = (numbers.isPresent() ? apart.table() : assembled).select(read.toArray(Column[]::new));
        ModelRows reader = new ModelRows(label, weightColumn, model.labels(), numbers.orElse(null));
        boolean weighted = weightColumn != null;
        return numbers.isPresent()
                ? BatchReader.ofNumbers(rows, weighted, reader::classOf, reader::instance)
                : BatchReader.ofVectors(rows, model.features(), weighted, reader::classOf, reader::instance);
    }

    /** Returns a column of text, numbers or booleans, cast if it is of another type. */
    private static Column readable(Dataset<Row> table, String name, String type, RenamedColumns apart) {
        DataType found = table.schema().apply(name).dataType();
        boolean asIs = ColumnTypes.isNumber(found) || (type.equals("string") && found instanceof StringType);
        return asIs ? apart.column(name) : apart.column(name).cast(type);
    }

    /** Returns the rows that have a label, if the settings drop the other rows; else all rows. */
    public static Table labelled(SavedModel model, Table table, DataSettings settings) {
        return settings.preparation().labels().dropsMissing()
                ? LabelledRows.of(
                        table, label(model, new ColumnReferences(table.rows().columns()), settings))
                : table;
    }

    private static String label(SavedModel model, ColumnReferences columns, DataSettings settings) {
        if (settings.label() != null) {
            return columns.resolve(settings.label());
        }
        String known = model.labelColumn();
        if (!columns.names().contains(known)) {
            throw JobException.data("The table has no column " + known + ", in which the model at " + model.path()
                    + " had its labels: "
                    + (settings.format() == Format.IDX
                            ? "name the label files with --labels."
                            : "name the label column with --label."));
        }
        return known;
    }

    /** Returns the weight column. The column "weight" of LIBSVM is the weight after the labels in the lines. */
    private static @Nullable String weight(ColumnReferences columns, DataSettings settings) {
        if (settings.weight() != null) {
            return columns.resolve(settings.weight());
        }
        return settings.format() == Format.LIBSVM
                ? columns.names().stream().filter("weight"::equals).findFirst().orElse(null)
                : null;
    }

    private Instance instance(Row row) {
        int place = numbers == null ? 1 : numbers.columns().size();
        long number = row.getLong(row.length() - 1);
        int index = row.isNullAt(place) ? -1 : classOf(row.get(place));
        if (index < 0) {
            throw unknownLabel(number, row.get(place));
        }
        double instanceWeight = weight == null ? 1 : NumberFeatures.number(row.get(place + 1));
        if (!(instanceWeight >= 0) || instanceWeight == Double.POSITIVE_INFINITY) {
            throw JobException.data("Row " + number + " has no weight in column " + weight
                    + " that is a finite number of 0 or more: mend it, or leave the row out.");
        }
        Vector features = numbers == null ? vector(number, row) : numbers.read(number, row);
        return new Instance(number, index, instanceWeight, CompactVectors.of(features));
    }

    private static Vector vector(long number, Row row) {
        Vector features = row.isNullAt(0) ? null : row.getAs(0);
        if (features == null) {
            throw JobException.data("Row " + number + " has no features: leave it out.");
        }
        for (double value : CompactVectors.stored(features)) {
            if (!Double.isFinite(value)) {
                throw JobException.data("Row " + number + " has a feature " + value
                        + ": numbers are finite. Mend it, or leave the row out.");
            }
        }
        return features;
    }

    /** Returns the class of a label by its text, else by its number: 1, 1.0 and "1" are one label; -1 for others. */
    private int classOf(Object cell) {
        Integer exact = classes.get(cell.toString());
        Integer found =
                exact != null || classesOfNumbers.isEmpty() ? exact : classesOfNumbers.get(number(cell.toString()));
        return found == null ? -1 : found;
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text) + 0.0; // -0.0 is 0
        } catch (NumberFormatException none) {
            return Double.NaN;
        }
    }

    private JobException unknownLabel(long row, @Nullable Object cell) {
        String what = cell == null ? "no label" : "the label \"" + cell + "\"";
        return JobException.data("Row " + row + " has " + what + " in column " + label + "; the model knows "
                + String.join(", ", labels.subList(0, Math.min(LISTED, labels.size())))
                + (labels.size() > LISTED ? ", ..." : "") + ".");
    }
}

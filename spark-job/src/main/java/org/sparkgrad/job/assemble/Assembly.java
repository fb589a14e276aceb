package org.sparkgrad.job.assemble;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.config.DataSettings;
import org.sparkgrad.job.problem.ShortenedText;
import org.sparkgrad.job.read.ColumnReferences;
import org.sparkgrad.job.read.ExpectedColumns;
import org.sparkgrad.job.read.LabelledRows;
import org.sparkgrad.job.read.Table;
import org.sparkgrad.score.ModelColumn;

/**
 * Converts the columns of a table to instances. The training table decides, for all tables: which column is the label
 * and what its values mean, which columns are features, and which column is the weight.
 */
public final class Assembly implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final int MOST_SAID = 10;

    private final StructType schema;
    private final ColumnReferences columns;
    private final ColumnRoles roles;
    private final LabelIndex labels;
    private final FeatureFit features;
    private final long entries;

    private Assembly(
            StructType schema,
            ColumnReferences columns,
            ColumnRoles roles,
            LabelIndex labels,
            FeatureFit features,
            long entries) {
        this.schema = schema;
        this.columns = columns;
        this.roles = roles;
        this.labels = labels;
        this.features = features;
        this.entries = entries;
    }

    /**
     * Decides on the columns of the training table.
     *
     * <p>If the settings do not name them, the label is the column "label" or else the last column, and the features
     * are the column "features" if it holds vectors or arrays, or else every column without another role.
     *
     * @param table a table with a column {@link org.sparkgrad.job.read.Table#ROW_NUMBER}. One job counts its labels. If
     *     columns hold text or numbers may be missing, another job reads their texts and means
     * @throws org.sparkgrad.job.problem.JobException for columns that are missing or cannot be features, a single
     *     class, or a label column of measured numbers
     */
    public static Assembly of(Dataset<Row> table, DataSettings settings) {
        return of(table, settings, null);
    }

    /**
     * Decides on the columns of the training table, as {@link #of(Dataset, DataSettings)} does.
     *
     * @param keeper receives the rows in the job that counts the labels, unless labels are decimals; or null
     */
    public static Assembly of(Dataset<Row> table, DataSettings settings, @Nullable BatchKeeper keeper) {
        ColumnReferences columns = new ColumnReferences(table.columns());
        ColumnRoles roles = ColumnRoles.of(table.schema(), columns, settings);
        checkWeight(table, roles);
        FeatureFit features = FeatureFit.of(table, columns, roles, settings);
        Features read = features.features();
        LabelFit labels = LabelFit.of(
                table.schema(),
                roles.label(),
                () -> keeper != null && !LabelScan.isDecimal(table.schema(), roles.label())
                        ? LabelScan.keeping(ColumnarRows.of(table, roles, read), read, keeper)
                        : LabelScan.of(read.readable(table), roles.label(), read));
        LabelIndex index = labels.index(settings.preparation().labels());
        if (keeper != null) {
            labels.codes()
                    .forEach((partition, cells) -> keeper.label(
                            partition, cells.stream().map(index::indexOf).toList()));
        }
        return new Assembly(table.schema(), columns, roles, index, features, labels.entries());
    }

    /** Returns the rows of a training table that have a label, if the settings drop the other rows; else all rows. */
    public static Table labelled(Table table, DataSettings settings) {
        return settings.preparation().labels().dropsMissing()
                ? LabelledRows.of(
                        table,
                        ColumnRoles.label(new ColumnReferences(table.rows().columns()), settings))
                : table;
    }

    /** Returns the type and the role of each column of the training table, in their order. */
    public List<ColumnUse> columns() {
        return columns.names().stream()
                .map(name -> new ColumnUse(name, schema.apply(name).dataType().simpleString(), roles.roleOf(name)))
                .toList();
    }

    private static void checkWeight(Dataset<Row> table, ColumnRoles roles) {
        if (roles.weight() != null) {
            ColumnTypes.checkNumbers(table, List.of(roles.weight()), "weight");
        }
    }

    /** Returns N of the training table, without the dropped rows. */
    public long rows() {
        return classRows().stream().mapToLong(Long::longValue).sum();
    }

    /** Returns the number of these rows in each class. */
    public List<Long> classRows() {
        return labels.rows();
    }

    /** Returns the number of missing cells in the feature columns of the training table. */
    public long missing() {
        return features.missing();
    }

    /** Returns the number of training rows that are dropped because a number is missing. */
    public long dropped() {
        return features.dropped();
    }

    /**
     * Returns the number of features that are not zero, over all training rows; number and text cells count whatever
     * their value is.
     */
    public long entries() {
        return entries;
    }

    /** Returns notes about columns whose use the user may not have intended, one sentence each. */
    public List<String> notes() {
        return Stream.concat(labels.notes(roles.label()).stream(), features.notes().stream())
                .toList();
    }

    /** Returns F. */
    public int features() {
        return features.features().count();
    }

    /**
     * Returns the F feature names: the name of a column, COLUMN=TEXT for each text of a one-hot column, or a number
     * after "hash" or after the name of a column of vectors.
     */
    public List<String> featureNames() {
        return features.features().names();
    }

    /** Returns whether the features are the vectors of one column; such features have no names. */
    public boolean isOfVectors() {
        return features.features() instanceof VectorFeatures;
    }

    /** Returns the feature columns, described for a scorer without Spark. */
    public List<ModelColumn> modelColumns() {
        return features.features().described();
    }

    /** Returns the columns that other tables must have, as in the training table. */
    public ExpectedColumns expected() {
        return features.features() instanceof ColumnFeatures found
                ? new ExpectedColumns(features(), found.texts(), found.numbers())
                : new ExpectedColumns(features(), List.of(), List.of());
    }

    /** Returns the order of the classes in one line; if there are very many classes, the middle ones are omitted. */
    public String classes() {
        List<String> names = labels();
        String positive = names.size() == 2 ? ", positive" : "";
        String all = IntStream.range(0, names.size())
                .filter(k -> names.size() <= MOST_SAID || k < MOST_SAID - 1 || k == names.size() - 1)
                .mapToObj(k -> (k == names.size() - 1 && names.size() > MOST_SAID ? "..., " : "")
                        + ShortenedText.of(names.get(k)) + " (" + k + (k == 1 ? positive : "") + ")")
                .collect(Collectors.joining(", "));
        return "labels: " + all;
    }

    /** Returns the original label of each class index. */
    public List<String> labels() {
        return labels.labels();
    }

    /**
     * Returns the table's rows in batches, each row in the smaller of its two forms.
     *
     * @param table the training table or another with its columns, found by name
     * @throws org.sparkgrad.job.problem.JobException if columns are missing or hold no numbers; within tasks, with row
     *     number and column, for NaN, infinite or missing numbers, negative weights and unknown labels. Spark wraps the
     *     exceptions of tasks: see {@link org.sparkgrad.job.problem.JobException#findIn}
     */
    public JavaRDD<RowBatch> batches(Dataset<Row> table) {
        List<String> columns =
                List.of(roles.only(table, features.features().columns()).columns());
        InstanceReader oneByOne = new InstanceReader(columns, roles, labels, features.features());
        checkWeight(table, roles);
        ColumnarRows rows = ColumnarRows.of(table, roles, features.features());
        return rows.batches().mapPartitions(new BatchReader(rows.schema(), labels::indexOf, rows.together(), oneByOne));
    }

    /**
     * Returns the model to save. This is the given model if the table already has a features vector and labels 0..K-1;
     * else a PipelineModel of stock Spark stages that assembles the columns and maps the labels. If labels are mapped,
     * the column "predictedLabel" has the original label of the prediction. The returned model also scores tables
     * without labels.
     *
     * @param model the model over F features
     */
    public Model<?> pipeline(LogisticRegressionModel model) {
        boolean indexable = !schema.apply(roles.label()).dataType().equals(DataTypes.BooleanType);
        return new ScoringPipeline(columns, roles, labels, features.features(), indexable).around(model);
    }
}

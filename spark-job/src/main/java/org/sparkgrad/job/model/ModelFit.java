package org.sparkgrad.job.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.sparkgrad.job.assemble.ScorerNames;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.JobException;
import org.sparkgrad.job.read.ColumnReferences;
import org.sparkgrad.job.read.Table;

/** Checks that a table has the columns that a model needs, before a row is scored. */
final class ModelFit {
    private static final int LISTED = 10;

    private final String path;
    private final LogisticRegressionModel scorer;

    ModelFit(String path, LogisticRegressionModel scorer) {
        this.path = path;
        this.scorer = scorer;
    }

    /**
     * A table after the stages, with a features column of the model's width.
     *
     * @param refusesMissing whether the stages refuse missing numbers; if so, infinite numbers are refused, too
     */
    record Assembled(Dataset<Row> table, String features, boolean refusesMissing) {
        /** Returns the table. If the stages refuse missing numbers, tasks check the features. */
        Dataset<Row> checked() {
            return refusesMissing ? FiniteFeatures.checked(table, features) : table;
        }
    }

    /** Returns the table after the stages. Only the schema is checked here. */
    Assembled through(List<Transformer> stages, Dataset<Row> table) {
        StructType schema = table.schema();
        Set<String> made = new TreeSet<>();
        List<String> missing = new ArrayList<>();
        for (Transformer stage : stages) {
            Set<String> known = Set.of(schema.fieldNames());
            inputs(stage)
                    .filter(name -> !known.contains(name) && !made.contains(name))
                    .forEach(missing::add);
            if (missing.isEmpty()) {
                schema = schemaAfter(stage, schema);
            }
            outputs(stage).forEach(made::add);
        }
        if (missing.isEmpty() && !List.of(schema.fieldNames()).contains(scorer.getFeaturesCol())) {
            missing.add(scorer.getFeaturesCol());
        }
        if (!missing.isEmpty()) {
            throw lacks(missing, table);
        }
        Dataset<Row> assembled = table;
        boolean refusesMissing = true;
        for (Transformer stage : stages) {
            Transformer next = stage;
            if (stage instanceof VectorAssembler assembler) {
                refusesMissing &= assembler.getHandleInvalid().equals("error");
                next = FiniteFeatures.replaces(assembler, assembled.schema())
                        ? FiniteFeatures.passing(assembler)
                        : assembler;
            }
            assembled = next.transform(assembled);
        }
        checkWidth(assembled);
        return new Assembled(assembled, scorer.getFeaturesCol(), refusesMissing);
    }

    private StructType schemaAfter(Transformer stage, StructType schema) {
        try {
            return stage.transformSchema(schema);
        } catch (Exception failure) { // an AnalysisException is checked, and not declared
            throw new JobException(
                    ExitCode.DATA,
                    "The table does not fit the model at " + path + ": " + ModelFolder.firstLine(failure)
                            + "\nGive it columns of the training table's types.",
                    failure);
        }
    }

    private void checkWidth(Dataset<Row> assembled) {
        String name = scorer.getFeaturesCol();
        StructField field = assembled.schema().apply(name);
        if (!field.dataType().equals(SQLDataTypes.VectorType())) {
            throw JobException.data("The model at " + path + " takes a vector of " + scorer.numFeatures()
                    + " features in column " + name + ", which holds "
                    + field.dataType().simpleString() + ".");
        }
        int width = AttributeGroup.fromStructField(field).size();
        if (width < 0) {
            List<Row> first = assembled.select(ColumnReferences.column(name)).takeAsList(1);
            width = first.isEmpty() || first.get(0).isNullAt(0)
                    ? scorer.numFeatures()
                    : first.get(0).<Vector>getAs(0).size();
        }
        if (width != scorer.numFeatures()) {
            throw JobException.data("The model at " + path + " takes " + scorer.numFeatures() + " features, and the"
                    + " column " + name + " has " + width + ".");
        }
        LogisticRegressionModel free = scorer.copy(ParamMap.empty());
        ScorerNames.free(free, new ColumnReferences(assembled.columns()));
        schemaAfter(free, assembled.schema());
    }

    private JobException lacks(List<String> missing, Dataset<Row> table) {
        List<String> names = Stream.of(table.columns())
                .filter(name -> !name.equals(Table.ROW_NUMBER))
                .toList();
        return JobException.data("The table lacks " + missing.size() + " of the columns that the model at " + path
                + " takes for its " + scorer.numFeatures() + " features: " + listed(missing) + ". It has "
                + names.size() + ": " + listed(names)
                + ".\nColumns are found by name; without a header by their index in the training table.");
    }

    private static String listed(List<String> names) {
        return String.join(", ", names.subList(0, Math.min(LISTED, names.size())))
                + (names.size() > LISTED ? ", ..." : "");
    }

    /** Returns the input columns of a stage. */
    static Stream<String> inputs(Transformer stage) {
        return columns(stage, "inputCol", "inputCols");
    }

    /** Returns the output columns of a stage. */
    static Stream<String> outputs(Transformer stage) {
        // A stage with several columns also has a default for its single output column, which it does not write.
        boolean several = stage.hasParam("outputCols") && stage.isSet(stage.getParam("outputCols"));
        return columns(stage, several ? "outputCols" : "outputCol");
    }

    private static Stream<String> columns(Transformer stage, String... params) {
        return Stream.of(params)
                .filter(param -> stage.hasParam(param) && stage.isDefined(stage.getParam(param)))
                .map(param -> stage.getOrDefault(stage.getParam(param)))
                .flatMap(value -> value instanceof String[] names ? Stream.of(names) : Stream.of((String) value));
    }
}

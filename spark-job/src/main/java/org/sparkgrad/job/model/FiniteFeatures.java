package org.sparkgrad.job.model;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import java.io.Serializable;
import java.util.stream.Stream;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.assemble.ColumnTypes;
import org.sparkgrad.job.problem.JobException;
import org.sparkgrad.job.read.ColumnReferences;
import org.sparkgrad.job.read.Table;

/**
 * Refuses rows that a model cannot score, with the row and the column in the message. Spark's assembler does not name
 * them.
 */
final class FiniteFeatures implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String column;
    /**
     * The names that an assembler gave the features; empty for vectors from a file, which may have millions of
     * features.
     */
    private final String[] names;

    FiniteFeatures(StructField field) {
        this.column = field.name();
        var attributes = AttributeGroup.fromStructField(field).attributes();
        this.names = attributes.isEmpty()
                ? new String[0]
                : Stream.of(attributes.get())
                        .map(feature -> feature.name().isEmpty()
                                ? column
                                : feature.name().get())
                        .toArray(String[]::new);
    }

    /**
     * Returns whether an assembler refuses missing numbers and can be changed to keep them: it must know the widths of
     * its inputs.
     */
    static boolean replaces(VectorAssembler assembler, StructType schema) {
        return assembler.getHandleInvalid().equals("error")
                && Stream.of(assembler.getInputCols()).map(schema::apply).allMatch(FiniteFeatures::hasWidth);
    }

    private static boolean hasWidth(StructField field) {
        return ColumnTypes.isNumber(field.dataType())
                || AttributeGroup.fromStructField(field).size() >= 0;
    }

    /** Returns the assembler, changed so that missing numbers become NaN. */
    static VectorAssembler passing(VectorAssembler assembler) {
        return assembler.copy(ParamMap.empty()).setHandleInvalid("keep");
    }

    /** Returns the table. A task throws a {@link JobException} at a row whose features are not finite. */
    static Dataset<Row> checked(Dataset<Row> table, String features) {
        StructField field = table.schema().apply(features);
        UDF2<Long, @Nullable Vector, Vector> check = new FiniteFeatures(field)::check;
        return table.withColumn(
                features,
                udf(check, SQLDataTypes.VectorType())
                        .apply(col(Table.ROW_NUMBER), ColumnReferences.column(features))
                        .as(features, field.metadata()));
    }

    private String name(int feature) {
        return names.length == 0 ? column + "_" + feature : names[feature];
    }

    Vector check(long row, @Nullable Vector features) {
        if (features == null) {
            throw JobException.data("Row " + row + " has no features: leave it out.");
        }
        SparseVector sparse = features instanceof SparseVector vector ? vector : null;
        double[] values = sparse == null ? features.toArray() : sparse.values();
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                check(row, name(sparse == null ? i : sparse.indices()[i]), values[i]);
            }
        }
        return features;
    }

    /**
     * Checks a number.
     *
     * @throws JobException with row and column, if the number is NaN, which stands for a missing one, or infinite
     */
    static void check(long row, String column, double value) {
        if (!Double.isFinite(value)) {
            String what = Double.isNaN(value) ? "no number" : String.valueOf(value);
            throw JobException.data("Row " + row + " has " + what + " in column " + column
                    + ": features are finite numbers. Mend it, or leave the row out.");
        }
    }
}

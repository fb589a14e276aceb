package org.sparkgrad.job.assemble;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;

import java.util.List;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.problem.JobException;
import org.sparkgrad.job.read.TableReader;

/** Whether columns hold numbers, and how many. */
final class FeatureCheck {
    private FeatureCheck() {}

    /**
     * Returns F.
     *
     * @throws JobException for feature or weight columns that hold no numbers
     */
    static int count(Dataset<Row> table, ColumnRoles roles) {
        check(table, roles);
        return roles.vector()
                ? vectorSize(table, roles.features().get(0))
                : roles.features().size();
    }

    /** Returns how many features of a row are not zero, as a column; cells count whatever they hold. */
    static Column entries(ColumnRoles roles) {
        if (!roles.vector()) {
            return lit((long) roles.features().size());
        }
        UDF1<@Nullable Vector, Long> nonzeros = vector -> vector == null ? 0L : vector.numNonzeros();
        return udf(nonzeros, DataTypes.LongType)
                .apply(ColumnReferences.column(roles.features().get(0)));
    }

    /**
     * Checks a table that has all the columns.
     *
     * @throws JobException for feature or weight columns that hold no numbers
     */
    static void check(Dataset<Row> table, ColumnRoles roles) {
        if (roles.weight() != null) {
            checkNumbers(table, List.of(roles.weight()), "weight");
        }
        if (!roles.vector()) {
            checkNumbers(table, roles.features(), "feature");
        }
    }

    private static void checkNumbers(Dataset<Row> table, List<String> names, String role) {
        StructType schema = table.schema();
        List<String> others = names.stream()
                .filter(name -> !isNumber(schema.apply(name).dataType()))
                .toList();
        if (others.isEmpty()) {
            return;
        }
        String name = others.get(0);
        DataType type = schema.apply(name).dataType();
        String also = others.size() == 1 ? "" : " So are " + String.join(", ", others.subList(1, others.size())) + ".";
        String what = type.equals(DataTypes.StringType) ? "text" + example(table, name) : type.simpleString();
        throw JobException.data("The " + role + " column " + name + " holds " + what + ", where numbers are needed: "
                + "ignore it (--ignore-columns), or turn it into numbers." + also);
    }

    private static String example(Dataset<Row> table, String name) {
        Column cell = ColumnReferences.column(name);
        Column row = col(TableReader.ROW_NUMBER);
        Column isText = cell.isNotNull().and(cell.cast("double").isNull());
        List<Row> first = table.filter(isText).select(cell, row).orderBy(row).takeAsList(1);
        return first.isEmpty()
                ? ""
                : ": \"" + first.get(0).getString(0) + "\" in row "
                        + first.get(0).getLong(1);
    }

    private static int vectorSize(Dataset<Row> table, String name) {
        int known = AttributeGroup.fromStructField(table.schema().apply(name)).size();
        if (known > 0) {
            return known;
        }
        Row first = table.select(ColumnReferences.column(name)).first();
        if (first.isNullAt(0)) {
            throw JobException.data("The feature column " + name + " has a row without a vector.");
        }
        Vector vector = first.getAs(0);
        return vector.size();
    }

    private static boolean isNumber(DataType type) {
        return type instanceof NumericType || type.equals(DataTypes.BooleanType);
    }
}

package org.sparkgrad.job.model;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * The features of a model whose stages only put columns of numbers side by side, and refuse missing numbers.
 *
 * @param columns the columns, in the order of the features
 */
public record NumberFeatures(List<String> columns) implements Serializable {
    /** Copies the names. */
    public NumberFeatures {
        columns = List.copyOf(columns);
    }

    /**
     * Returns the features of a row.
     *
     * @param number the row number, for errors
     * @param row a row whose first cells are those of the columns
     * @throws org.sparkgrad.job.problem.JobException for a number that is missing or not finite
     */
    public Vector read(long number, Row row) {
        double[] values = new double[columns.size()];
        for (int j = 0; j < values.length; j++) {
            values[j] = number(row.get(j));
            FiniteFeatures.check(number, columns.get(j), values[j]);
        }
        return Vectors.dense(values);
    }

    /** Returns the number in a cell, true as 1 and false as 0; NaN for a missing one. */
    public static double number(@Nullable Object cell) {
        if (cell instanceof Boolean flag) {
            return flag ? 1 : 0;
        }
        return cell instanceof Number found ? found.doubleValue() : Double.NaN;
    }
}

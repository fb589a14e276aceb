package org.sparkgrad.job.ml.dataset;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.functions;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.block.GridModel;

/**
 * The folds of a dataset's rows.
 *
 * @param column the column of the fold of each row, an int from 0; null if all rows are in fold 0
 * @param count the number of folds
 */
public record Folds(@Nullable String column, int count) {
    /** All rows in one fold. */
    public static final Folds NONE = new Folds(null, 1);

    /** Returns the fold of a row, as a column. */
    public Column of() {
        return column == null ? functions.lit(0) : functions.col(column);
    }

    /** Returns whether rows may have no fold. */
    public boolean isNullable(Dataset<?> dataset) {
        return column != null && dataset.schema().apply(column).nullable();
    }

    /** Returns the rows of a model that leaves out a fold, without the column of folds. */
    public Dataset<?> without(Dataset<?> dataset, int leftOut) {
        if (column == null) {
            return dataset;
        }
        return (leftOut == GridModel.NONE ? dataset : dataset.filter(of().notEqual(leftOut))).drop(column);
    }

    /** Returns the rows of one fold, without the column of folds. */
    public Dataset<?> only(Dataset<?> dataset, int fold) {
        return dataset.filter(of().equalTo(fold)).drop(of());
    }
}

package org.sparkgrad.job.assemble;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.read.ColumnBatch;

/** Reads features that are columns of numbers and of arrays, side by side, a batch of rows at a time. */
final class DenseColumns implements BatchFeatures {
    private static final long serialVersionUID = 1L;

    private final List<FeatureColumn> parts;
    private final int features;
    private final boolean single;

    private DenseColumns(List<FeatureColumn> parts, int features, boolean single) {
        this.parts = parts;
        this.features = features;
        this.single = single;
    }

    /**
     * Returns the reader of some features; empty if other columns than numbers and arrays are among them.
     *
     * @param schema the types of the columns, in the order of the parts
     */
    static Optional<BatchFeatures> of(List<FeatureColumn> parts, StructType schema) {
        boolean single = true;
        int features = 0;
        for (int i = 0; i < parts.size(); i++) {
            DataType type = schema.apply(i).dataType();
            if (parts.get(i) instanceof NumberColumn number) {
                Double missing = number.substitute();
                single &= missing == null || missing == missing.floatValue();
            } else if (parts.get(i) instanceof ArrayColumn && type instanceof ArrayType array) {
                type = array.elementType();
            } else {
                return Optional.empty();
            }
            single &= ColumnNumbers.isSingle(type);
            features += parts.get(i).width();
        }
        return Optional.of(new DenseColumns(parts, features, single));
    }

    @Override
    public int count() {
        return features;
    }

    @Override
    public int rowsFrom(ColumnBatch batch, int from) {
        return MOST_VALUES / Math.max(1, features);
    }

    @Override
    public @Nullable RowBatch read(BatchPart part, int[] labels, double[] weights) {
        RowValues values = values(part);
        return values == null ? null : DenseRows.compact(part.numbers(), labels, weights, features, values);
    }

    /** Returns rows x features numbers, NaN where one is missing; null if an array has another width. */
    private @Nullable RowValues values(BatchPart part) {
        int rows = part.rows();
        float[] floats = new float[single ? rows * features : 0];
        double[] doubles = new double[single ? 0 : rows * features];
        int numbers =
                (int) parts.stream().filter(NumberColumn.class::isInstance).count();
        int[] places = new int[numbers];
        float[][] singleColumns = new float[single ? numbers : 0][];
        double[][] columns = new double[single ? 0 : numbers][];
        int next = 0;
        int feature = 0;
        for (int i = 0; i < parts.size(); i++) {
            ColumnVector column = part.batch().column(i);
            if (parts.get(i) instanceof NumberColumn number) {
                places[next] = feature;
                if (single) {
                    singleColumns[next++] = ColumnNumbers.floats(column, part.from(), rows, number.substitute());
                } else {
                    columns[next++] = ColumnNumbers.doubles(column, part.from(), rows, number.substitute());
                }
            } else if (!copy(column, part, parts.get(i).width(), feature, floats, doubles)) {
                return null;
            }
            feature += parts.get(i).width();
        }
        if (single) {
            Transposed.write(singleColumns, places, part, features, floats);
            return new RowValues(floats, doubles);
        }
        Transposed.write(columns, places, part, features, doubles);
        return RowValues.of(doubles);
    }

    /** Copies the arrays of a column, and returns whether all have the width. */
    private boolean copy(
            ColumnVector column, BatchPart part, int width, int feature, float[] floats, double[] doubles) {
        StoredArrays arrays = new StoredArrays(column);
        for (int row = 0; row < part.rows(); row++) {
            int at = part.place(row) * features + feature;
            int from = part.from() + row;
            boolean copied = single ? arrays.copy(from, width, floats, at) : arrays.copy(from, width, doubles, at);
            if (!copied) {
                return false;
            }
        }
        return true;
    }
}

package org.sparkgrad.job.read;

import java.util.Arrays;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarArray;

/** A column of MLlib's sparse vectors for Spark SQL: row i has the pairs [starts[i], starts[i + 1]). */
final class SparseVectors extends CellVector {
    private final ColumnVector[] parts;

    /**
     * @param features F
     * @param indices the feature of each pair
     * @param values the value of each pair
     */
    SparseVectors(int features, int[] starts, int[] indices, double[] values) {
        super(CompactVectors.STORED);
        this.parts = new ColumnVector[] {
            new Type(),
            new Size(features),
            new Pairs(DataTypes.createArrayType(DataTypes.IntegerType, false), starts, new Indices(indices)),
            new Pairs(DataTypes.createArrayType(DataTypes.DoubleType, false), starts, new Values(values))
        };
    }

    @Override
    public boolean isNullAt(int row) {
        return false;
    }

    @Override
    public boolean hasNull() {
        return false;
    }

    @Override
    public ColumnVector getChild(int ordinal) {
        return parts[ordinal];
    }

    /** A column without nulls. */
    private abstract static class Part extends CellVector {
        Part(DataType type) {
            super(type);
        }

        @Override
        public boolean isNullAt(int row) {
            return false;
        }

        @Override
        public boolean hasNull() {
            return false;
        }
    }

    private static final class Type extends Part {
        Type() {
            super(DataTypes.ByteType);
        }

        @Override
        public byte getByte(int row) {
            return 0; // sparse
        }
    }

    private static final class Size extends Part {
        private final int features;

        Size(int features) {
            super(DataTypes.IntegerType);
            this.features = features;
        }

        @Override
        public int getInt(int row) {
            return features;
        }
    }

    private static final class Pairs extends Part {
        private final int[] starts;
        private final ColumnVector numbers;

        Pairs(DataType type, int[] starts, ColumnVector numbers) {
            super(type);
            this.starts = starts;
            this.numbers = numbers;
        }

        @Override
        public ColumnarArray getArray(int row) {
            return new ColumnarArray(numbers, starts[row], starts[row + 1] - starts[row]);
        }
    }

    private static final class Indices extends Part {
        private final int[] indices;

        Indices(int[] indices) {
            super(DataTypes.IntegerType);
            this.indices = indices;
        }

        @Override
        public int getInt(int pair) {
            return indices[pair];
        }

        @Override
        public int[] getInts(int pair, int count) {
            return Arrays.copyOfRange(indices, pair, pair + count);
        }
    }

    private static final class Values extends Part {
        private final double[] values;

        Values(double[] values) {
            super(DataTypes.DoubleType);
            this.values = values;
        }

        @Override
        public double getDouble(int pair) {
            return values[pair];
        }

        @Override
        public double[] getDoubles(int pair, int count) {
            return Arrays.copyOfRange(values, pair, pair + count);
        }
    }
}

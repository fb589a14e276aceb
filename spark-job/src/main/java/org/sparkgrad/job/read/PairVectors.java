package org.sparkgrad.job.read;

import java.util.Arrays;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarArray;

/**
 * A column of MLlib's vectors for Spark SQL: row i has the (index, value) pairs [starts[i], starts[i + 1]). A vector in the
 * dense form stores no indices.
 */
final class PairVectors extends CellVector {
    private final ColumnVector[] parts;

    /**
     * @param features F
     * @param compact whether each vector is in the smaller of its two forms, or all are sparse
     * @param indices the feature of each pair
     * @param values the value of each pair
     */
    PairVectors(int features, boolean compact, int[] starts, int[] indices, double[] values) {
        super(CompactVectors.STORED);
        Form form = new Form(features, compact, starts);
        Pairs pairs = new Pairs(indices, values);
        this.parts = new ColumnVector[] {
            form, new Size(features, form), new Indices(starts, pairs, form), new Values(features, starts, pairs, form)
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

    /** Which vectors are dense: 1, and which are sparse: 0. */
    private static final class Form extends CellVector {
        private final int features;
        private final boolean compact;
        private final int[] starts;

        Form(int features, boolean compact, int[] starts) {
            super(DataTypes.ByteType);
            this.features = features;
            this.compact = compact;
            this.starts = starts;
        }

        @Override
        public boolean isNullAt(int row) {
            return false;
        }

        @Override
        public byte getByte(int row) {
            return (byte) (isDense(row) ? 1 : 0);
        }

        boolean isDense(int row) {
            return compact && CompactVectors.isDense(features, starts[row + 1] - starts[row]);
        }
    }

    private static final class Size extends CellVector {
        private final int features;
        private final Form form;

        Size(int features, Form form) {
            super(DataTypes.IntegerType);
            this.features = features;
            this.form = form;
        }

        @Override
        public boolean isNullAt(int row) {
            return form.isDense(row);
        }

        @Override
        public int getInt(int row) {
            return features;
        }
    }

    private static final class Indices extends CellVector {
        private final int[] starts;
        private final Pairs pairs;
        private final Form form;

        Indices(int[] starts, Pairs pairs, Form form) {
            super(DataTypes.createArrayType(DataTypes.IntegerType, false));
            this.starts = starts;
            this.pairs = pairs;
            this.form = form;
        }

        @Override
        public boolean isNullAt(int row) {
            return form.isDense(row);
        }

        @Override
        public ColumnarArray getArray(int row) {
            return new ColumnarArray(pairs, starts[row], starts[row + 1] - starts[row]);
        }
    }

    private static final class Values extends CellVector {
        private final int features;
        private final int[] starts;
        private final Pairs pairs;
        private final Form form;

        Values(int features, int[] starts, Pairs pairs, Form form) {
            super(DataTypes.createArrayType(DataTypes.DoubleType, false));
            this.features = features;
            this.starts = starts;
            this.pairs = pairs;
            this.form = form;
        }

        @Override
        public boolean isNullAt(int row) {
            return false;
        }

        @Override
        public ColumnarArray getArray(int row) {
            if (!form.isDense(row)) {
                return new ColumnarArray(pairs, starts[row], starts[row + 1] - starts[row]);
            }
            double[] all = new double[features];
            for (int pair = starts[row]; pair < starts[row + 1]; pair++) {
                all[pairs.indices[pair]] = pairs.values[pair];
            }
            return new ColumnarArray(new Pairs(pairs.indices, all), 0, features);
        }
    }

    /** The features of all pairs as ints, and their values as doubles. */
    private static final class Pairs extends CellVector {
        private final int[] indices;
        private final double[] values;

        Pairs(int[] indices, double[] values) {
            super(DataTypes.DoubleType);
            this.indices = indices;
            this.values = values;
        }

        @Override
        public boolean isNullAt(int pair) {
            return false;
        }

        @Override
        public boolean hasNull() {
            return false;
        }

        @Override
        public int getInt(int pair) {
            return indices[pair];
        }

        @Override
        public int[] getInts(int pair, int count) {
            return Arrays.copyOfRange(indices, pair, pair + count);
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

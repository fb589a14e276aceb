package org.sparkgrad.job.read;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarArray;
import org.apache.spark.sql.vectorized.ColumnarMap;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** A column of cells for Spark SQL, over arrays on the heap. */
abstract class CellVector extends ColumnVector {
    CellVector(DataType type) {
        super(type);
    }

    /** Returns a text from its bytes in UTF-8. */
    static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    /** A column of numbers; NaN is a missing one. */
    static final class Numbers extends CellVector {
        private final double[] values;

        Numbers(double[] values) {
            super(DataTypes.DoubleType);
            this.values = values;
        }

        @Override
        public boolean isNullAt(int row) {
            return Double.isNaN(values[row]);
        }

        @Override
        public double getDouble(int row) {
            return values[row];
        }

        @Override
        public double[] getDoubles(int row, int count) {
            return Arrays.copyOfRange(values, row, row + count);
        }
    }

    /** A column of whole numbers, as doubles where they are ones; NaN is a missing one. */
    static final class Wholes extends CellVector {
        private final double[] values;
        private final Map<Integer, Long> others;

        /** @param others the numbers that are no doubles, by row */
        Wholes(double[] values, Map<Integer, Long> others) {
            super(DataTypes.LongType);
            this.values = values;
            this.others = others;
        }

        @Override
        public boolean isNullAt(int row) {
            return Double.isNaN(values[row]);
        }

        @Override
        public long getLong(int row) {
            double value = values[row];
            Long other = Math.abs(value) >= CellNumber.LARGEST_EXACT ? others.get(row) : null;
            return other == null ? (long) value : other;
        }
    }

    /** A column of texts. */
    static final class Texts extends CellVector implements CodedTexts {
        private final int[] codes;
        private final @Nullable UTF8String[] texts;

        /**
         * @param codes the place of each row's text, or -1
         * @param texts the texts; null where one means that the cell is missing
         */
        Texts(int[] codes, @Nullable String[] texts) {
            super(DataTypes.StringType);
            this.codes = codes;
            this.texts = Arrays.stream(texts).map(UTF8String::fromString).toArray(UTF8String[]::new);
        }

        @Override
        public boolean isNullAt(int row) {
            return codes[row] < 0 || texts[codes[row]] == null;
        }

        @Override
        public @Nullable UTF8String getUTF8String(int row) {
            return isNullAt(row) ? null : texts[codes[row]];
        }

        @Override
        public int texts() {
            return texts.length;
        }

        @Override
        public @Nullable String text(int code) {
            UTF8String text = texts[code];
            return text == null ? null : text.toString();
        }

        @Override
        public int code(int row) {
            return codes[row];
        }
    }

    /** The numbers of rows that follow one another. */
    static final class RowNumbers extends CellVector {
        private final long first;

        /** @param first the number of row 0 */
        RowNumbers(long first) {
            super(DataTypes.LongType);
            this.first = first;
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
        public long getLong(int row) {
            return first + row;
        }
    }

    @Override
    public void close() {
        // Nothing but arrays on the heap.
    }

    @Override
    public boolean hasNull() {
        return true;
    }

    @Override
    public int numNulls() {
        throw other();
    }

    @Override
    public boolean getBoolean(int row) {
        throw other();
    }

    @Override
    public byte getByte(int row) {
        throw other();
    }

    @Override
    public short getShort(int row) {
        throw other();
    }

    @Override
    public int getInt(int row) {
        throw other();
    }

    @Override
    public long getLong(int row) {
        throw other();
    }

    @Override
    public float getFloat(int row) {
        throw other();
    }

    @Override
    public double getDouble(int row) {
        throw other();
    }

    @Override
    public ColumnarArray getArray(int row) {
        throw other();
    }

    @Override
    public ColumnarMap getMap(int row) {
        throw other();
    }

    @Override
    public Decimal getDecimal(int row, int precision, int scale) {
        throw other();
    }

    @Override
    public @Nullable UTF8String getUTF8String(int row) {
        throw other();
    }

    @Override
    public byte[] getBinary(int row) {
        throw other();
    }

    @Override
    public ColumnVector getChild(int ordinal) {
        throw other();
    }

    private UnsupportedOperationException other() {
        return new UnsupportedOperationException("a column of " + dataType().simpleString());
    }
}

package org.sparkgrad.job.assemble;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.read.ColumnBatch;

/**
 * Converts batches of columns to batches of rows. The columns are those of the features, the label, and the weight if
 * there is one. Rows with a cell that is not what most cells are go through {@link InstanceReader}, which gives the same
 * rows or the error.
 */
final class BatchReader implements FlatMapFunction<Iterator<ColumnBatch>, RowBatch> {
    private static final long serialVersionUID = 1L;

    /** The largest number of values of a batch. */
    private static final int MOST_VALUES = 1_000_000;

    private final StructType schema;
    private final LabelIndex labels;
    private final boolean weighted;
    private final BatchFeatures features;
    private final int label;
    private final InstanceReader oneByOne;

    /**
     * @param schema the types of the columns, the row numbers last
     * @param label the place of the label
     * @param weighted whether the weight follows the label
     * @param oneByOne reads a row of these columns
     */
    BatchReader(
            StructType schema,
            LabelIndex labels,
            int label,
            boolean weighted,
            BatchFeatures features,
            InstanceReader oneByOne) {
        this.schema = schema;
        this.labels = labels;
        this.label = label;
        this.weighted = weighted;
        this.features = features;
        this.oneByOne = oneByOne;
    }

    @Override
    public Iterator<RowBatch> call(Iterator<ColumnBatch> batches) {
        LabelCodes codes = new LabelCodes(labels);
        int most = Math.max(1, MOST_VALUES / Math.max(1, features.count()));
        return new Iterator<>() {
            private @Nullable ColumnBatch batch;
            private int from;

            @Override
            public boolean hasNext() {
                while ((batch == null || from == batch.rows()) && batches.hasNext()) {
                    batch = batches.next();
                    from = 0;
                }
                return batch != null && from < batch.rows();
            }

            @Override
            public RowBatch next() {
                if (!hasNext() || batch == null) {
                    throw new NoSuchElementException();
                }
                int rows = Math.min(most, batch.rows() - from);
                RowBatch read = together(batch, from, rows, codes);
                read = read != null ? read : oneByOne(batch, from, rows);
                from += rows;
                return read;
            }
        };
    }

    private @Nullable RowBatch together(ColumnBatch batch, int from, int rows, LabelCodes codes) {
        int[] classes = codes.of(batch.column(label), from, rows);
        double[] weights = weights(batch, from, rows);
        RowValues values = classes == null || weights == null ? null : features.read(batch, from, rows);
        return classes == null || weights == null || values == null
                ? null
                : DenseRows.compact(batch.numbers(from, rows), classes, weights, features.count(), values);
    }

    private double @Nullable [] weights(ColumnBatch batch, int from, int rows) {
        if (!weighted) {
            double[] ones = new double[rows];
            Arrays.fill(ones, 1);
            return ones;
        }
        double[] weights = ColumnNumbers.doubles(batch.column(label + 1), from, rows, null);
        for (double weight : weights) {
            if (!(weight >= 0 && weight <= Double.MAX_VALUE)) {
                return null;
            }
        }
        return weights;
    }

    private RowBatch oneByOne(ColumnBatch batch, int from, int rows) {
        RowBatchBuilder builder = new RowBatchBuilder();
        for (int row = from; row < from + rows; row++) {
            builder.add(oneByOne.call(batch.row(row, schema)));
        }
        return builder.take();
    }

    /** The classes of cells that were seen before. */
    private static final class LabelCodes {
        private final LabelIndex labels;
        private final Map<Object, Integer> known = new HashMap<>();

        LabelCodes(LabelIndex labels) {
            this.labels = labels;
        }

        /** Returns the class of each row; null if one has none. */
        int @Nullable [] of(ColumnVector column, int from, int rows) {
            int[] classes = new int[rows];
            for (int i = 0; i < rows; i++) {
                Object cell = LabelCells.of(column, from + i);
                Integer index = cell == null ? Integer.valueOf(-1) : known.computeIfAbsent(cell, labels::indexOf);
                if (index < 0) {
                    return null;
                }
                classes[i] = index;
            }
            return classes;
        }
    }
}

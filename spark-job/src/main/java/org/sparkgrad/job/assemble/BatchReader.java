package org.sparkgrad.job.assemble;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.read.ColumnBatch;
import org.sparkgrad.job.read.ColumnBatches;

/**
 * Converts batches of columns to batches of rows. If a cell is not what most cells are, its rows are read one by one, which
 * gives the same rows or the error.
 */
public final class BatchReader implements FlatMapFunction<Iterator<ColumnBatch>, RowBatch> {
    private static final long serialVersionUID = 1L;

    private final StructType schema;
    private final ClassOfCell labels;
    private final BatchRows together;
    private final InstanceOfRow oneByOne;

    /**
     * @param schema the types of the columns, the row numbers last
     * @param labels the classes of labels
     * @param together reads rows of these columns together
     * @param oneByOne reads a row of these columns
     */
    BatchReader(StructType schema, ClassOfCell labels, BatchRows together, InstanceOfRow oneByOne) {
        this.schema = schema;
        this.labels = labels;
        this.together = together;
        this.oneByOne = oneByOne;
    }

    /**
     * Returns the rows of a table of vectors.
     *
     * @param table the columns of the features, the label, the weight if there is one, and the row number
     * @param features F
     * @param weighted whether there is a weight
     * @param labels the classes of labels
     * @param oneByOne reads a row; may throw an exception
     */
    public static JavaRDD<RowBatch> ofVectors(
            Dataset<Row> table, int features, boolean weighted, ClassOfCell labels, InstanceOfRow oneByOne) {
        return of(table, new BatchRows(new StoredVectors(features), 1, weighted), labels, oneByOne);
    }

    /**
     * Returns the rows of a table of numbers.
     *
     * @param table the columns of the F features, all of numbers or booleans, the label, the weight if there is one, and
     *     the row number
     * @param weighted whether there is a weight
     * @param labels the classes of labels
     * @param oneByOne reads a row; may throw an exception
     */
    public static JavaRDD<RowBatch> ofNumbers(
            Dataset<Row> table, boolean weighted, ClassOfCell labels, InstanceOfRow oneByOne) {
        int features = table.schema().length() - (weighted ? 3 : 2);
        List<FeatureColumn> numbers = Stream.of(table.columns())
                .limit(features)
                .map(name -> (FeatureColumn) new NumberColumn(name, null))
                .toList();
        BatchFeatures read = new ColumnFeatures(numbers, false).inBatches(table.schema());
        return of(table, new BatchRows(read, features, weighted), labels, oneByOne);
    }

    private static JavaRDD<RowBatch> of(
            Dataset<Row> table, BatchRows together, ClassOfCell labels, InstanceOfRow oneByOne) {
        return ColumnBatches.of(table)
                .batches()
                .mapPartitions(new BatchReader(table.schema(), labels, together, oneByOne));
    }

    @Override
    public Iterator<RowBatch> call(Iterator<ColumnBatch> batches) {
        LabelCodes codes = LabelCodes.of(labels);
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
                int rows = together.rowsFrom(batch, from);
                RowBatch read = together.read(BatchPart.inOrder(batch, from, rows), codes);
                read = read != null ? read : oneByOne(batch, from, rows);
                from += rows;
                return read;
            }
        };
    }

    private RowBatch oneByOne(ColumnBatch batch, int from, int rows) {
        RowBatchBuilder builder = new RowBatchBuilder();
        for (int row = from; row < from + rows; row++) {
            builder.add(oneByOne.read(batch.row(row, schema)));
        }
        return builder.take();
    }
}

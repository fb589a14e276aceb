package org.sparkgrad.job.read;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.execution.RowToColumnConverter;
import org.apache.spark.sql.execution.vectorized.OnHeapColumnVector;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.UserDefinedType;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** Copies Spark SQL's rows into batches of columns. A batch is valid until the next one. */
final class RowsToColumns implements FlatMapFunction<Iterator<InternalRow>, ColumnarBatch> {
    private static final long serialVersionUID = 1L;

    /** A batch ends when its rows have this many bytes: rows of vectors can be long. */
    private static final long BYTES = 4L << 20;

    private static final int MOST_ROWS = 4_096;

    private final StructType stored;

    /** @param schema the types of the rows */
    RowsToColumns(StructType schema) {
        this.stored = new StructType(Stream.of(schema.fields())
                .map(field ->
                        new StructField(field.name(), stored(field.dataType()), field.nullable(), field.metadata()))
                .toArray(StructField[]::new));
    }

    private static DataType stored(DataType type) {
        return type instanceof UserDefinedType<?> own ? own.sqlType() : type;
    }

    @Override
    public Iterator<ColumnarBatch> call(Iterator<InternalRow> rows) {
        RowToColumnConverter converter = new RowToColumnConverter(stored);
        OnHeapColumnVector[] columns = OnHeapColumnVector.allocateColumns(MOST_ROWS, stored);
        ColumnarBatch batch = new ColumnarBatch(columns.clone());
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public ColumnarBatch next() {
                if (!rows.hasNext()) {
                    throw new NoSuchElementException();
                }
                for (OnHeapColumnVector column : columns) {
                    column.reset();
                }
                int count = 0;
                long bytes = 0;
                while (count < MOST_ROWS && bytes < BYTES && rows.hasNext()) {
                    InternalRow row = rows.next();
                    bytes += row instanceof UnsafeRow unsafe ? unsafe.getSizeInBytes() : 0;
                    converter.convert(row, columns);
                    count++;
                }
                batch.setNumRows(count);
                return batch;
            }
        };
    }
}

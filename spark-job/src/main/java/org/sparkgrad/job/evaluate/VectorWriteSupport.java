package org.sparkgrad.job.evaluate;

import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.IntegerType;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.spark.version.ArrayWriteSupport;
import scala.Function2;
import scala.runtime.BoxedUnit;

/**
 * Writes Spark's rows to Parquet, byte for byte as Spark does, but writes the arrays of vectors in a plain loop. Spark
 * creates two closures and boxes an index for each number, and its speed depends on the compiler's inlining.
 */
public final class VectorWriteSupport extends ArrayWriteSupport {
    private static final String LIST = "list";
    private static final String ELEMENT = "element";

    private @Nullable RecordConsumer consumer;
    private boolean legacy;

    /** Writes one element, not null, of an array. */
    @FunctionalInterface
    private interface ElementWriter {
        void write(RecordConsumer consumer, ArrayData array, int index);
    }

    @Override
    public WriteSupport.WriteContext init(Configuration configuration) {
        legacy = configuration.getBoolean(SQLConf.PARQUET_WRITE_LEGACY_FORMAT().key(), false);
        return super.init(configuration);
    }

    @Override
    public void prepareForWrite(RecordConsumer recordConsumer) {
        consumer = recordConsumer;
        super.prepareForWrite(recordConsumer);
    }

    @Override
    protected @Nullable Function2<SpecializedGetters, Object, BoxedUnit> arrayWriter(ArrayType type) {
        ElementWriter element = elementWriter(type.elementType());
        if (legacy || element == null) {
            return null;
        }
        return (row, column) -> {
            write(Objects.requireNonNull(consumer), row.getArray((Integer) column), element);
            return BoxedUnit.UNIT;
        };
    }

    private static @Nullable ElementWriter elementWriter(DataType type) {
        if (type instanceof DoubleType) {
            return (consumer, array, index) -> consumer.addDouble(array.getDouble(index));
        }
        return type instanceof IntegerType
                ? (consumer, array, index) -> consumer.addInteger(array.getInt(index))
                : null;
    }

    /** Writes a list as Parquet defines lists: a repeated group of one element, which may be null. */
    private static void write(RecordConsumer consumer, ArrayData array, ElementWriter element) {
        int count = array.numElements();
        consumer.startGroup();
        if (count > 0) {
            consumer.startField(LIST, 0);
            for (int i = 0; i < count; i++) {
                consumer.startGroup();
                if (!array.isNullAt(i)) {
                    consumer.startField(ELEMENT, 0);
                    element.write(consumer, array, i);
                    consumer.endField(ELEMENT, 0);
                }
                consumer.endGroup();
            }
            consumer.endField(LIST, 0);
        }
        consumer.endGroup();
    }
}

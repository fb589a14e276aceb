package org.sparkgrad.job.spark.version;

import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.execution.datasources.parquet.ParquetWriteSupport;
import org.apache.spark.sql.types.ArrayType;
import org.jspecify.annotations.Nullable;
import scala.Function2;
import scala.runtime.BoxedUnit;

/** Spark's writing of rows to Parquet, in which a subclass may write arrays. */
public abstract class ArrayWriteSupport extends ParquetWriteSupport {
    /** Returns the writer of (row, column) for arrays of a type, or null for Spark's own. */
    protected abstract @Nullable Function2<SpecializedGetters, Object, BoxedUnit> arrayWriter(ArrayType type);

    @Override
    public final Function2<SpecializedGetters, Object, BoxedUnit> makeArrayWriter(ArrayType type) {
        Function2<SpecializedGetters, Object, BoxedUnit> writer = arrayWriter(type);
        return writer == null ? super.makeArrayWriter(type) : writer;
    }
}

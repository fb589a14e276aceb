package org.sparkgrad.job.spark.version;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.execution.datasources.parquet.ParquetWriteSupport;
import org.apache.spark.sql.types.ArrayType;
import org.jspecify.annotations.Nullable;
import scala.Function2;
import scala.runtime.BoxedUnit;

/**
 * Spark's writing of rows to Parquet, in which a subclass may write arrays. Spark 4.0 asks for the writer of a type, and
 * Spark 4.2 also says whether the array is part of a shredded variant. One jar is for both, so each method is found by
 * its name.
 */
public abstract class ArrayWriteSupport extends ParquetWriteSupport {
    private static final String METHOD = "makeArrayWriter";

    /** Returns the writer of (row, column) for arrays of a type, or null for Spark's own. */
    protected abstract @Nullable Function2<SpecializedGetters, Object, BoxedUnit> arrayWriter(ArrayType type);

    /** Overrides the method of Spark 4.0. */
    public final Function2<SpecializedGetters, Object, BoxedUnit> makeArrayWriter(ArrayType type) {
        Function2<SpecializedGetters, Object, BoxedUnit> writer = arrayWriter(type);
        return writer == null ? sparks(MethodType.methodType(Function2.class, ArrayType.class), type) : writer;
    }

    /** Overrides the method of Spark 4.2. */
    public final Function2<SpecializedGetters, Object, BoxedUnit> makeArrayWriter(ArrayType type, boolean shredded) {
        Function2<SpecializedGetters, Object, BoxedUnit> writer = shredded ? null : arrayWriter(type);
        return writer == null
                ? sparks(MethodType.methodType(Function2.class, ArrayType.class, boolean.class), type, shredded)
                : writer;
    }

    @SuppressWarnings("unchecked") // the methods' return type
    private Function2<SpecializedGetters, Object, BoxedUnit> sparks(MethodType method, Object... arguments) {
        try {
            MethodHandle own = MethodHandles.lookup()
                    .findSpecial(ParquetWriteSupport.class, METHOD, method, ArrayWriteSupport.class);
            return (Function2<SpecializedGetters, Object, BoxedUnit>)
                    own.bindTo(this).invokeWithArguments(arguments);
        } catch (Throwable e) {
            throw new IllegalStateException("this Spark writes arrays to Parquet in another way", e);
        }
    }
}

package org.sparkgrad.job.read;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * A table whose reader gives batches of columns.
 *
 * @param <P> its partitions
 */
interface BatchSource<P extends BatchPartition> extends Serializable {
    /** Returns the columns, with {@link Table#ROW_NUMBER} as the last one. */
    StructType schema();

    /** Returns the partitions, in the order of their rows. */
    List<P> partitions();

    /**
     * Reads a partition, within a task.
     *
     * @param columns the places of the columns in the schema
     */
    Iterator<ColumnarBatch> read(P partition, int[] columns);

    /** Returns the batches of some columns. */
    default JavaRDD<ColumnarBatch> batches(SparkSession spark, int[] columns) {
        return BatchPartition.rdd(spark, partitions()).flatMap(partition -> read(partition, columns));
    }
}

package org.sparkgrad.job.spark.version;

import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.StructType;

/** What a session can do and its public API does not offer. */
public final class SparkSessions {
    private SparkSessions() {}

    /** Returns the rows of a plan. */
    public static Dataset<Row> rows(SparkSession session, LogicalPlan plan) {
        return Dataset.ofRows(session, plan);
    }

    /** Returns Spark's rows as a table. */
    public static Dataset<Row> rows(SparkSession session, RDD<InternalRow> rows, StructType schema) {
        return session.internalCreateDataFrame(rows, schema, false);
    }

    /** Returns a session with the same settings, which can be changed. */
    public static SparkSession copy(SparkSession session) {
        return session.cloneSession();
    }

    /** Returns into how many partitions Spark divides what it reads, at least. */
    public static int leafPartitions(SparkSession session) {
        return session.leafNodeDefaultParallelism();
    }
}

package org.sparkgrad.job.spark.version;

import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.StructType;

/**
 * What a session can do and its public API does not offer. Spark 4 has two kinds of sessions; here they are classic:
 * a client of Spark Connect has no RDDs.
 */
public final class SparkSessions {
    private SparkSessions() {}

    /** Returns the rows of a plan. */
    public static Dataset<Row> rows(SparkSession session, LogicalPlan plan) {
        return org.apache.spark.sql.classic.Dataset.ofRows(classic(session), plan);
    }

    /** Returns Spark's rows as a table. */
    public static Dataset<Row> rows(SparkSession session, RDD<InternalRow> rows, StructType schema) {
        return classic(session).internalCreateDataFrame(rows, schema, false);
    }

    /** Returns a session with the same settings, which can be changed. */
    public static SparkSession copy(SparkSession session) {
        return classic(session).cloneSession();
    }

    /** Returns into how many partitions Spark divides what it reads, at least. */
    public static int leafPartitions(SparkSession session) {
        return classic(session).leafNodeDefaultParallelism();
    }

    private static org.apache.spark.sql.classic.SparkSession classic(SparkSession session) {
        return (org.apache.spark.sql.classic.SparkSession) session;
    }
}

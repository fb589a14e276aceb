package org.sparkgrad.job.read;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.read.InputPartition;
import scala.Tuple2;
import scala.collection.JavaConverters;
import scala.collection.Seq;
import scala.reflect.ClassTag$;

/**
 * The splits that one task reads.
 *
 * @param splits the splits, in path order
 * @param hosts the hosts that store most of them
 */
record TextPartition(List<TextSplit> splits, List<String> hosts) implements InputPartition {
    private static final long serialVersionUID = 1L;

    @Override
    public String[] preferredLocations() {
        return hosts.toArray(String[]::new);
    }

    /** Returns partitions as an RDD with one partition for each. */
    static JavaRDD<TextPartition> rdd(SparkSession spark, List<TextPartition> partitions) {
        List<Tuple2<TextPartition, Seq<String>>> located = partitions.stream()
                .map(partition -> new Tuple2<>(
                        partition, JavaConverters.asScalaBuffer(partition.hosts).toSeq()))
                .toList();
        return spark.sparkContext()
                .makeRDD(
                        JavaConverters.asScalaBuffer(located).toSeq(),
                        ClassTag$.MODULE$.<TextPartition>apply(TextPartition.class))
                .toJavaRDD();
    }
}

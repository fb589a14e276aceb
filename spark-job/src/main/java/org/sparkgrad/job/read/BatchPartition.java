package org.sparkgrad.job.read;

import java.util.List;
import org.apache.spark.SerializableWritable;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.read.InputPartition;
import org.sparkgrad.job.spark.JavaSerialized;
import org.sparkgrad.job.spark.version.LocatedRdd;

/** A partition of a {@link BatchSource}. */
interface BatchPartition extends InputPartition {
    /** Returns partitions as an RDD with one partition for each. */
    static <P extends BatchPartition> JavaRDD<P> rdd(SparkSession spark, List<P> partitions) {
        List<SerializableWritable<JavaSerialized<P>>> elements =
                partitions.stream().map(JavaSerialized::of).toList();
        List<List<String>> hosts = partitions.stream()
                .map(partition -> List.of(partition.preferredLocations()))
                .toList();
        return LocatedRdd.of(spark.sparkContext(), elements, hosts, SerializableWritable.class)
                .toJavaRDD()
                .map(JavaSerialized::value);
    }
}

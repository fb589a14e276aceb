package org.sparkgrad.job.read;

import java.util.List;
import org.apache.spark.SerializableWritable;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.read.InputPartition;
import org.sparkgrad.job.spark.JavaSerialized;
import scala.Tuple2;
import scala.collection.JavaConverters;
import scala.collection.Seq;
import scala.reflect.ClassTag$;

/** A partition of a {@link BatchSource}. */
interface BatchPartition extends InputPartition {
    /** Returns partitions as an RDD with one partition for each. */
    static <P extends BatchPartition> JavaRDD<P> rdd(SparkSession spark, List<P> partitions) {
        List<Tuple2<SerializableWritable<JavaSerialized<P>>, Seq<String>>> located = partitions.stream()
                .map(partition -> new Tuple2<>(
                        JavaSerialized.of(partition),
                        JavaConverters.asScalaBuffer(List.of(partition.preferredLocations()))
                                .toSeq()))
                .toList();
        return spark.sparkContext()
                .makeRDD(
                        JavaConverters.asScalaBuffer(located).toSeq(),
                        ClassTag$.MODULE$.<SerializableWritable<JavaSerialized<P>>>apply(SerializableWritable.class))
                .toJavaRDD()
                .map(JavaSerialized::value);
    }
}

package org.sparkgrad.job.shard;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.ShuffledRDD;
import org.apache.spark.serializer.JavaSerializer;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** Brings the packs of a shard together. */
final class PackShuffle {
    /** Objects that Java's serializer remembers, and so keeps on the heap, before it forgets them. */
    private static final String MOST_REMEMBERED = "spark.serializer.objectStreamReset";

    private PackShuffle() {}

    /** Returns packs by shard, S partitions. Packs are serialized one by one, whatever the session's serializer. */
    static JavaRDD<PackedRows> to(JavaRDD<PackedRows> packs, int count) {
        SparkConf conf = packs.context().getConf().set(MOST_REMEMBERED, "1");
        JavaPairRDD<Integer, PackedRows> byShard = packs.keyBy(pack -> ShardKey.shard(pack.keys[0], count));
        ClassTag<Integer> shard = ClassTag$.MODULE$.apply(Integer.class);
        ClassTag<PackedRows> pack = ClassTag$.MODULE$.apply(PackedRows.class);
        ShuffledRDD<Integer, PackedRows, PackedRows> shuffled = new ShuffledRDD<Integer, PackedRows, PackedRows>(
                        byShard.rdd(), new ShardPartitioner(count), shard, pack, pack)
                .setSerializer(new JavaSerializer(conf));
        return new JavaPairRDD<>(shuffled, shard, pack).values();
    }
}

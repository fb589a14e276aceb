package org.sparkgrad.job.shard;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.ShuffledRDD;
import org.apache.spark.serializer.JavaSerializer;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** Shuffles packs to their shards. */
final class PackShuffle {
    /**
     * The number of objects after which Java's serializer forgets them; until then the serializer keeps them on the
     * heap.
     */
    private static final String MOST_REMEMBERED = "spark.serializer.objectStreamReset";

    private PackShuffle() {}

    /**
     * Returns packs by shard, S partitions. Each pack is serialized on its own, whatever the session's serializer is.
     */
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

package org.sparkgrad.job.shard;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.ShuffledRDD;
import org.apache.spark.serializer.JavaSerializer;
import org.sparkgrad.job.assemble.RowBatch;
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
    static JavaRDD<RowBatch> to(JavaRDD<RowBatch> packs, int count) {
        SparkConf conf = packs.context().getConf().set(MOST_REMEMBERED, "1");
        JavaPairRDD<Integer, RowBatch> byShard = packs.keyBy(pack -> ShardKey.shard(pack.ids()[0], count));
        ClassTag<Integer> shard = ClassTag$.MODULE$.apply(Integer.class);
        ClassTag<RowBatch> pack = ClassTag$.MODULE$.apply(RowBatch.class);
        ShuffledRDD<Integer, RowBatch, RowBatch> shuffled = new ShuffledRDD<Integer, RowBatch, RowBatch>(
                        byShard.rdd(), new ShardPartitioner(count), shard, pack, pack)
                .setSerializer(new JavaSerializer(conf));
        return new JavaPairRDD<>(shuffled, shard, pack).values();
    }
}

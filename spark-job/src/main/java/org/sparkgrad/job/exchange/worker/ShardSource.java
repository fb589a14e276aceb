package org.sparkgrad.job.exchange.worker;

import java.io.Serializable;
import java.util.Objects;
import org.apache.spark.Partition;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.job.spark.PersistedRdd;

/**
 * Reads shards inside a task whose RDD depends on the RDD of shards. Spark returns a shard from its storage, or
 * computes it again from the files of the shuffle.
 */
final class ShardSource implements Serializable {
    private static final long serialVersionUID = 1L;

    private final PersistedRdd<Shard> shards;
    private final Partition[] partitions;

    /** @param shards the shards; partition s is shard s */
    ShardSource(PersistedRdd<Shard> shards) {
        this.shards = shards;
        this.partitions = shards.rdd().rdd().partitions();
    }

    /** Returns S. */
    int count() {
        return partitions.length;
    }

    /** Returns the shards as an RDD. */
    JavaRDD<Shard> rdd() {
        return shards.rdd();
    }

    /** Reads a partition completely, because Spark closes the file of a partition only at its end. */
    Shard read(int number) {
        var partition = shards.rdd().rdd().iterator(partitions[number], Objects.requireNonNull(TaskContext.get()));
        Shard shard = partition.next();
        if (partition.hasNext()) {
            throw new IllegalStateException("a second shard beside shard " + number);
        }
        return shard;
    }

    /** Drops the shards and waits until Spark has removed them. */
    void drop() {
        shards.drop();
    }
}

package org.sparkgrad.job.placement;

import java.util.List;
import org.apache.spark.Partition;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.PartitionGroup;
import org.apache.spark.rdd.RDD;
import org.sparkgrad.job.spark.version.SerializableCoalescer;
import scala.Option;

/**
 * Coalesces the shards of each worker into one partition, a contiguous range of {@link ShardAssignment}. The preferred
 * location of the partition is the worker's.
 */
public final class WorkerPartitions implements SerializableCoalescer {
    private static final long serialVersionUID = 1L;

    private final List<String> locations;

    /** @param locations the preferred location of each worker */
    private WorkerPartitions(List<String> locations) {
        this.locations = locations;
    }

    /** Returns the partitions, coalesced into one contiguous range for each location, with this preferred location. */
    public static <T> JavaRDD<T> pin(JavaRDD<T> partitions, List<String> locations) {
        return partitions
                .rdd()
                .coalesce(locations.size(), false, Option.apply(new WorkerPartitions(List.copyOf(locations))), null)
                .toJavaRDD();
    }

    @Override
    public PartitionGroup[] coalesce(int workers, RDD<?> shards) {
        Partition[] partitions = shards.partitions();
        ShardAssignment assignment = new ShardAssignment(partitions.length, workers, partitions.length);
        PartitionGroup[] runs = new PartitionGroup[workers];
        for (int w = 0; w < workers; w++) {
            runs[w] = new PartitionGroup(Option.apply(locations.get(w)));
            for (int s = assignment.start(w); s < assignment.start(w + 1); s++) {
                runs[w].partitions().$plus$eq(partitions[s]);
            }
        }
        return runs;
    }
}

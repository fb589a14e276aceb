package org.sparkgrad.job.assemble;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.JavaRDD;

/** Collects instances, each valid until the next one, to batches of rows. */
public final class RowBatches implements Iterator<RowBatch> {
    private final Iterator<Instance> instances;
    private final RowBatchBuilder builder = new RowBatchBuilder();

    private RowBatches(Iterator<Instance> instances) {
        this.instances = instances;
    }

    /** Returns the rows of each partition in batches of some 4 MB. */
    public static JavaRDD<RowBatch> of(JavaRDD<Instance> instances) {
        return instances.mapPartitions(RowBatches::new);
    }

    /** Returns the rows in batches of some 4 MB. */
    public static Iterator<RowBatch> of(Iterator<Instance> instances) {
        return new RowBatches(instances);
    }

    @Override
    public boolean hasNext() {
        return !builder.isEmpty() || instances.hasNext();
    }

    @Override
    public RowBatch next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        while (instances.hasNext()) {
            Instance instance = instances.next();
            if (!builder.hasRoom(instance.features().numActives())) {
                RowBatch batch = builder.take();
                builder.add(instance);
                return batch;
            }
            builder.add(instance);
        }
        return builder.take();
    }
}

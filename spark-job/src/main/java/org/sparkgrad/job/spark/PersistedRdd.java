package org.sparkgrad.job.spark;

import java.io.Serializable;
import org.apache.spark.SerializableWritable;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;

/**
 * A persisted RDD. Spark writes partitions that do not fit in memory to disk, and partitions for other executors to the
 * network, with the session's serializer, so the elements are stored as {@link JavaSerialized}.
 *
 * @param <T> the type of the elements, serializable
 */
public final class PersistedRdd<T> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final JavaRDD<SerializableWritable<JavaSerialized<T>>> carried;
    private final JavaRDD<T> elements;

    private PersistedRdd(JavaRDD<SerializableWritable<JavaSerialized<T>>> carried) {
        this.carried = carried;
        this.elements = carried.map(JavaSerialized::value);
    }

    /** Persists the elements; the first job computes them. */
    public static <T> PersistedRdd<T> of(JavaRDD<T> rdd, StorageLevel level) {
        JavaRDD<SerializableWritable<JavaSerialized<T>>> carried = rdd.map(JavaSerialized::of);
        return new PersistedRdd<>(carried.persist(level));
    }

    /** Returns the elements. Do not persist this RDD again: the elements would be stored twice. */
    public JavaRDD<T> rdd() {
        return elements;
    }

    /** Drops the elements and waits until Spark has removed them. */
    public void drop() {
        JobScope.uninterrupted(() -> carried.unpersist(true));
    }
}

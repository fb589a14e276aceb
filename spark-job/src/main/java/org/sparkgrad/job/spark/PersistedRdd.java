package org.sparkgrad.job.spark;

import java.io.Serializable;
import org.apache.spark.SerializableWritable;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;

/**
 * An RDD whose elements Spark keeps. What does not fit into memory goes to disk, and to other executors, by the session's
 * serializer, so that the elements are kept as {@link JavaSerialized}.
 *
 * @param <T> the elements, serializable
 */
public final class PersistedRdd<T> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final JavaRDD<SerializableWritable<JavaSerialized<T>>> carried;
    private final JavaRDD<T> elements;

    private PersistedRdd(JavaRDD<SerializableWritable<JavaSerialized<T>>> carried) {
        this.carried = carried;
        this.elements = carried.map(JavaSerialized::value);
    }

    /** Keeps the elements from the first job on that computes them. */
    public static <T> PersistedRdd<T> of(JavaRDD<T> rdd, StorageLevel level) {
        JavaRDD<SerializableWritable<JavaSerialized<T>>> carried = rdd.map(JavaSerialized::of);
        return new PersistedRdd<>(carried.persist(level));
    }

    /** Returns the elements; to persist them once more would be to keep them twice. */
    public JavaRDD<T> rdd() {
        return elements;
    }

    /** Drops them, and waits until they are gone. */
    public void drop() {
        JobScope.uninterrupted(() -> carried.unpersist(true));
    }
}

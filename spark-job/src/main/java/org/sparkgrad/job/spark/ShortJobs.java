package org.sparkgrad.job.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.SerializableWritable;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.util.CallSite;
import scala.collection.Iterator;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction2;

/**
 * Runs jobs of some milliseconds, whose results are transferred as {@link JavaSerialized}. Before a job, Spark inspects
 * the variables that its function captures. If the function was compiled from a closure, as in Spark's own
 * {@code collect}, Spark parses the whole class file that contains the closure: RDD's, then SparkContext's, in each
 * job. This takes half the time of a small job. Spark does not inspect functions that are named classes.
 */
public final class ShortJobs {
    private static final int DEPTH = 2;

    private ShortJobs() {}

    /** Creates the start value of a partition's sum. */
    @FunctionalInterface
    public interface Zero<U> extends Supplier<U>, Serializable {}

    /** Returns the elements, in the order of their partitions, as {@link JavaRDD#collect} does. */
    @SuppressWarnings("unchecked")
    public static <T> List<T> collect(JavaRDD<T> rdd) {
        SparkContext spark = rdd.context();
        String before = spark.getLocalProperty(CallSite.SHORT_FORM());
        spark.setLocalProperty(CallSite.SHORT_FORM(), before == null ? "collect at " + caller() : before);
        try {
            Object parts = spark.runJob(
                    rdd.rdd(),
                    new Elements<T>(),
                    ClassTag$.MODULE$.<SerializableWritable<JavaSerialized<Object[]>>>apply(
                            SerializableWritable.class));
            List<T> all = new ArrayList<>();
            for (SerializableWritable<JavaSerialized<Object[]>> part :
                    (SerializableWritable<JavaSerialized<Object[]>>[]) parts) {
                all.addAll((List<T>) Arrays.asList(JavaSerialized.value(part)));
            }
            return all;
        } catch (Throwable failure) { // Spark throws checked exceptions that no signature declares
            if (failure instanceof InterruptedException) {
                JobScope.cancelJobs(spark);
                throw JobScope.interrupted(failure);
            }
            throw failure;
        } finally {
            spark.setLocalProperty(CallSite.SHORT_FORM(), before);
        }
    }

    /**
     * Aggregates the elements of each partition, then merges the results in tasks and on the driver, in the order of
     * arrival, as {@link JavaRDD#treeAggregate} does.
     *
     * @param zero creates the start value of each partition
     * @param add may change and return its first argument
     * @param merge may change and return its first argument
     */
    public static <T, U> U treeAggregate(
            JavaRDD<T> rdd, Zero<U> zero, Function2<U, T, U> add, Function2<U, U, U> merge) {
        if (rdd.getNumPartitions() == 0) {
            return zero.get();
        }
        JavaRDD<U> parts = rdd.mapPartitions(elements -> {
            U sum = zero.get();
            while (elements.hasNext()) {
                sum = add.call(sum, elements.next());
            }
            return List.of(sum).iterator();
        });
        return treeReduce(parts, merge, DEPTH);
    }

    /** Merges all elements, as {@link #treeAggregate} does; there must be at least one element. */
    public static <T> T treeReduce(JavaRDD<T> rdd, Function2<T, T, T> merge, int depth) {
        JavaRDD<SerializableWritable<JavaSerialized<T>>> carried = rdd.map(JavaSerialized::of);
        return JavaSerialized.value(carried.treeReduce(
                (left, right) -> JavaSerialized.of(merge.call(JavaSerialized.value(left), JavaSerialized.value(right))),
                depth));
    }

    /** Returns the call site of the job, as Spark's pages show it. */
    private static String caller() {
        return StackWalker.getInstance()
                .walk(frames -> frames.filter(frame -> !frame.getClassName().equals(ShortJobs.class.getName()))
                        .findFirst())
                .map(frame -> "%s:%d".formatted(frame.getFileName(), frame.getLineNumber()))
                .orElseThrow();
    }

    private static final class Elements<T>
            extends AbstractFunction2<TaskContext, Iterator<T>, SerializableWritable<JavaSerialized<Object[]>>>
            implements Serializable {
        private static final long serialVersionUID = 1L;

        @Override
        public SerializableWritable<JavaSerialized<Object[]>> apply(TaskContext context, Iterator<T> partition) {
            List<T> elements = new ArrayList<>();
            while (partition.hasNext()) {
                elements.add(partition.next());
            }
            return JavaSerialized.of(elements.toArray());
        }
    }
}

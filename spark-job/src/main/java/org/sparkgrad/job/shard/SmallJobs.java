package org.sparkgrad.job.shard;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.util.CallSite;
import scala.collection.Iterator;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction2;

/**
 * Jobs that take milliseconds. Before it runs one, Spark looks for what its function has captured, and of a function that was
 * compiled from a closure, those of its own {@code collect} among them, it parses the whole class file that the closure is in:
 * RDD's, then SparkContext's, each time, which is half of a small job. It leaves functions alone that are classes with names.
 */
public final class SmallJobs {
    private SmallJobs() {}

    /** Returns the elements, in the order of their partitions, as {@link JavaRDD#collect} does. */
    @SuppressWarnings("unchecked")
    public static <T> List<T> collect(JavaRDD<T> rdd) {
        SparkContext spark = rdd.context();
        String before = spark.getLocalProperty(CallSite.SHORT_FORM());
        spark.setLocalProperty(CallSite.SHORT_FORM(), before == null ? "collect at " + caller() : before);
        try {
            Object parts =
                    spark.runJob(rdd.rdd(), new Elements<T>(), ClassTag$.MODULE$.<Object[]>apply(Object[].class));
            List<T> all = new ArrayList<>();
            for (Object[] part : (Object[][]) parts) {
                all.addAll((List<T>) Arrays.asList(part));
            }
            return all;
        } finally {
            spark.setLocalProperty(CallSite.SHORT_FORM(), before);
        }
    }

    /** Returns where the job is from, as Spark's pages say it. */
    private static String caller() {
        return StackWalker.getInstance()
                .walk(frames -> frames.filter(frame -> !frame.getClassName().equals(SmallJobs.class.getName()))
                        .findFirst())
                .map(frame -> "%s:%d".formatted(frame.getFileName(), frame.getLineNumber()))
                .orElseThrow();
    }

    private static final class Elements<T> extends AbstractFunction2<TaskContext, Iterator<T>, Object[]>
            implements Serializable {
        private static final long serialVersionUID = 1L;

        @Override
        public Object[] apply(TaskContext context, Iterator<T> partition) {
            List<T> elements = new ArrayList<>();
            while (partition.hasNext()) {
                elements.add(partition.next());
            }
            return elements.toArray();
        }
    }
}

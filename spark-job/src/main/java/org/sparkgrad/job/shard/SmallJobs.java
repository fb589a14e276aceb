package org.sparkgrad.job.shard;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.VoidFunction;
import org.apache.spark.util.CallSite;
import scala.collection.Iterator;
import scala.collection.JavaConverters;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/**
 * Jobs over all partitions of an RDD. Before it runs one, Spark looks for what its function has captured, and of a function that
 * was compiled from a closure, those of its own {@code collect} among them, it parses the whole class file that the closure is in:
 * RDD's, then SparkContext's, each time, which is half of a small job. It leaves functions alone that are classes with names.
 */
public final class SmallJobs {
    private SmallJobs() {}

    /** Returns the elements, in the order of their partitions, as {@link JavaRDD#collect} does. */
    @SuppressWarnings("unchecked")
    public static <T> List<T> collect(JavaRDD<T> rdd) {
        List<T> all = new ArrayList<>();
        for (Object[] part : run(rdd, new Elements<T>(), "collect")) {
            all.addAll((List<T>) Arrays.asList(part));
        }
        return all;
    }

    /** Calls the function with each partition, as {@link JavaRDD#foreachPartition} does. */
    public static <T> void forEachPartition(JavaRDD<T> rdd, VoidFunction<java.util.Iterator<T>> function) {
        run(rdd, new Each<T>(function), "foreachPartition");
    }

    private static <T, U> List<U> run(
            JavaRDD<T> rdd, AbstractFunction2<TaskContext, Iterator<T>, U> function, String name) {
        SparkContext spark = rdd.context();
        List<Object> partitions = IntStream.range(0, rdd.getNumPartitions())
                .<Object>mapToObj(p -> p)
                .toList();
        Answers<U> answers = new Answers<>(partitions.size());
        String before = spark.getLocalProperty(CallSite.SHORT_FORM());
        spark.setLocalProperty(CallSite.SHORT_FORM(), before == null ? caller(name) : before);
        try {
            spark.runJob(
                    rdd.rdd(),
                    function,
                    JavaConverters.asScalaBuffer(partitions).toSeq(),
                    answers,
                    ClassTag$.MODULE$.apply(Object.class));
        } finally {
            spark.setLocalProperty(CallSite.SHORT_FORM(), before);
        }
        return answers.inOrder();
    }

    /** Returns where the job is from, as Spark's pages say it. */
    private static String caller(String name) {
        return StackWalker.getInstance()
                .walk(frames -> frames.filter(frame -> !frame.getClassName().equals(SmallJobs.class.getName()))
                        .findFirst())
                .map(frame -> "%s at %s:%d".formatted(name, frame.getFileName(), frame.getLineNumber()))
                .orElse(name);
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

    private static final class Each<T> extends AbstractFunction2<TaskContext, Iterator<T>, Boolean>
            implements Serializable {
        private static final long serialVersionUID = 1L;

        private final VoidFunction<java.util.Iterator<T>> function;

        Each(VoidFunction<java.util.Iterator<T>> function) {
            this.function = function;
        }

        @Override
        public Boolean apply(TaskContext context, Iterator<T> partition) {
            try {
                function.call(JavaConverters.asJavaIterator(partition));
                return true;
            } catch (Exception failure) {
                throw SmallJobs.unchecked(failure);
            }
        }
    }

    /** The driver's place for what comes, in any order. */
    private static final class Answers<U> extends AbstractFunction2<Object, U, BoxedUnit> {
        private final Object[] answers;

        Answers(int partitions) {
            answers = new Object[partitions];
        }

        @Override
        public BoxedUnit apply(Object partition, U answer) {
            answers[(Integer) partition] = answer;
            return BoxedUnit.UNIT;
        }

        @SuppressWarnings("unchecked")
        List<U> inOrder() {
            return (List<U>) Arrays.asList(answers);
        }
    }

    /** Spark's functions may throw anything, which Scala does not declare. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Exception> E unchecked(Exception failure) throws E {
        throw (E) failure;
    }
}

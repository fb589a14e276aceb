package org.sparkgrad.job.spark;

import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;
import scala.collection.JavaConverters;

/**
 * The Spark jobs of one fit. They have a tag of its own, beside the caller's group, tags, pool and other local properties:
 * threads that a fit starts inherit them all. So the caller cancels a fit as any other job, and a fit that ends early
 * cancels what it has left.
 */
public final class JobScope {
    private static final String TAG = "sparkgrad-";

    private JobScope() {}

    /**
     * Does the work of a fit. Where it fails, none of its jobs is left.
     *
     * @throws CancellationException if the thread was interrupted, as which it stays marked
     */
    public static <T> T run(SparkContext spark, Supplier<T> work) {
        String tag = newTag();
        spark.addJobTag(tag);
        try {
            return work.get();
        } catch (Throwable failure) { // Spark's exceptions are checked ones that no signature declares
            cancel(spark, tag);
            if (failure instanceof InterruptedException) {
                throw interrupted(failure);
            }
            throw failure;
        } finally {
            spark.removeJobTag(tag);
        }
    }

    /** Marks this thread as interrupted, and returns what tells its caller. */
    public static CancellationException interrupted(Throwable interruption) {
        Thread.currentThread().interrupt();
        CancellationException cancelled = new CancellationException("training was interrupted");
        cancelled.initCause(interruption);
        return cancelled;
    }

    /** Returns a tag that no job has. */
    public static String newTag() {
        return TAG + UUID.randomUUID();
    }

    /** Cancels the jobs of a tag. */
    public static void cancel(SparkContext spark, String tag) {
        if (!spark.isStopped()) {
            spark.cancelJobsWithTag(tag);
        }
    }

    /** Cancels what this thread's fit has left: Spark lets a job run on whose thread was interrupted. */
    public static void cancelJobs(SparkContext spark) {
        JavaConverters.setAsJavaSet(spark.getJobTags()).stream()
                .filter(tag -> tag.startsWith(TAG))
                .forEach(tag -> cancel(spark, tag));
    }

    /** Does what has to be done at an end, on a thread that was interrupted, too: it stays marked as that. */
    public static void uninterrupted(Runnable end) {
        boolean interrupted = Thread.interrupted();
        try {
            end.run();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

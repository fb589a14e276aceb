package org.sparkgrad.job.spark;

import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;
import scala.collection.JavaConverters;

/**
 * The scope of the Spark jobs of one fit. The jobs have their own tag, besides the caller's group, tags, pool and other
 * local properties, which the threads of a fit inherit. So the caller can cancel a fit like any other job, and a fit
 * that ends early cancels its remaining jobs.
 */
public final class JobScope {
    private static final String TAG = "sparkgrad-";

    private JobScope() {}

    /**
     * Does the work of a fit. If it fails, its remaining jobs are cancelled.
     *
     * @throws CancellationException if the thread was interrupted; its interrupt flag stays set
     */
    public static <T> T run(SparkContext spark, Supplier<T> work) {
        String tag = newTag();
        spark.addJobTag(tag);
        try {
            return work.get();
        } catch (Throwable failure) { // Spark throws checked exceptions that no signature declares
            cancel(spark, tag);
            if (failure instanceof InterruptedException) {
                throw interrupted(failure);
            }
            throw failure;
        } finally {
            spark.removeJobTag(tag);
        }
    }

    /** Sets the interrupt flag of this thread, and returns the exception for the caller. */
    public static CancellationException interrupted(Throwable interruption) {
        Thread.currentThread().interrupt();
        CancellationException cancelled = new CancellationException("training was interrupted");
        cancelled.initCause(interruption);
        return cancelled;
    }

    /** Returns a new, unique tag. */
    public static String newTag() {
        return TAG + UUID.randomUUID();
    }

    /** Cancels the jobs with a tag. */
    public static void cancel(SparkContext spark, String tag) {
        if (!spark.isStopped()) {
            spark.cancelJobsWithTag(tag);
        }
    }

    /** Cancels the remaining jobs of this thread's fit. Spark does not cancel a job when its thread is interrupted. */
    public static void cancelJobs(SparkContext spark) {
        JavaConverters.setAsJavaSet(spark.getJobTags()).stream()
                .filter(tag -> tag.startsWith(TAG))
                .forEach(tag -> cancel(spark, tag));
    }

    /** Runs final work, even on an interrupted thread. The interrupt flag stays set. */
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

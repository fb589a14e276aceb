package org.sparkgrad.job.cli;

import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.sparkgrad.job.problem.DiskFull;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.JobException;

/** The Spark of a command, with what resident data need; closing it stops what it started. */
final class Sessions implements AutoCloseable {
    private static final String HADOOP = "spark.hadoop.";

    private final SparkSession spark;
    private final boolean borrowed;

    private Sessions(SparkSession spark, boolean borrowed) {
        this.spark = spark;
        this.borrowed = borrowed;
    }

    /**
     * Starts a session of the master that spark-submit was given, or local[*]. One that runs in this JVM already is
     * borrowed, and goes on running.
     *
     * @throws JobException with USAGE for settings that keep data from staying where they are, with RESOURCES where it does
     *     not start or a folder for temporary files is full
     */
    static Sessions start(String command) {
        SparkConf conf = new SparkConf().setAppName("sparkgrad " + command);
        conf.setIfMissing("spark.master", "local[*]");
        conf.setIfMissing("spark.speculation", "false");
        conf.setIfMissing("spark.dynamicAllocation.enabled", "false");
        conf.setIfMissing("spark.locality.wait", "0s");
        conf.setIfMissing("spark.scheduler.minRegisteredResourcesRatio", "1.0");
        conf.setIfMissing("spark.ui.showConsoleProgress", "false");
        // Java's serializer keeps what it has written until it is reset: by default a hundred packs of rows a shard.
        conf.setIfMissing("spark.serializer.objectStreamReset", "1");
        if (conf.get("spark.master").startsWith("local")) { // a task without memory would end this JVM, with no message
            conf.setIfMissing("spark.executor.killOnFatalError.depth", "0");
        }
        refuse(conf, "spark.speculation");
        refuse(conf, "spark.dynamicAllocation.enabled");
        DiskFull.checkTemporaryFolders();
        boolean borrowed = isRunning();
        try {
            return new Sessions(SparkSession.builder().config(conf).getOrCreate(), borrowed);
        } catch (Exception failure) { // a SparkException, which is checked, though no signature declares it
            throw notStarted(conf, failure);
        }
    }

    /** Returns Hadoop's settings without Spark, which takes seconds to start. */
    static Configuration hadoop() {
        Configuration hadoop = new Configuration();
        for (var setting : new SparkConf().getAllWithPrefix(HADOOP)) {
            hadoop.set(setting._1(), setting._2());
        }
        return hadoop;
    }

    private static boolean isRunning() {
        var running = SparkSession.getDefaultSession();
        return running.isDefined() && !running.get().sparkContext().isStopped();
    }

    /** Returns the session. */
    SparkSession spark() {
        return spark;
    }

    @Override
    public void close() {
        if (!borrowed) {
            spark.stop();
        }
    }

    private static void refuse(SparkConf conf, String key) {
        if (conf.getBoolean(key, false)) {
            throw new JobException(
                    ExitCode.USAGE,
                    "%s=true moves tasks away from the data that their executor holds: set it to false".formatted(key));
        }
    }

    private static JobException notStarted(SparkConf conf, Exception failure) {
        return new JobException(
                ExitCode.RESOURCES,
                "Spark does not start with master %s: %s".formatted(conf.get("spark.master"), failure.getMessage()),
                failure);
    }
}

package org.sparkgrad.job.cli;

import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.sparkgrad.job.problem.DiskFull;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.JobException;

/**
 * The Spark session of a command, with the settings for resident data. Closing it stops a session that it has started.
 */
final class Sessions implements AutoCloseable {
    private static final String HADOOP = "spark.hadoop.";
    private static final String UI = "spark.ui.";
    private static final String CONSOLE_PROGRESS = UI + "showConsoleProgress";

    private final SparkSession spark;
    private final boolean borrowed;

    private Sessions(SparkSession spark, boolean borrowed) {
        this.spark = spark;
        this.borrowed = borrowed;
    }

    /**
     * Starts a session with the master of spark-submit, or local[*]. A session that already runs in this JVM is used,
     * and is not stopped.
     *
     * @throws JobException with USAGE for settings under which data cannot stay in memory, with RESOURCES if the
     *     session does not start or a folder for temporary files is full
     */
    static Sessions start(String command) {
        SparkConf conf = new SparkConf().setAppName("sparkgrad " + command);
        conf.setIfMissing("spark.master", "local[*]");
        conf.setIfMissing("spark.speculation", "false");
        conf.setIfMissing("spark.dynamicAllocation.enabled", "false");
        conf.setIfMissing("spark.locality.wait", "0s");
        conf.setIfMissing("spark.scheduler.minRegisteredResourcesRatio", "1.0");
        conf.setIfMissing(CONSOLE_PROGRESS, "false");
        // Java's serializer keeps written objects until a reset; by default it would keep a hundred packs of rows per
        // shard.
        conf.setIfMissing("spark.serializer.objectStreamReset", "1");
        // What a file means does not depend on the version of Spark: 4 has another default.
        conf.set("spark.sql.ansi.enabled", "false");
        if (conf.get("spark.master").startsWith("local")) {
            // Without this, a task that runs out of memory ends this JVM without a message.
            conf.setIfMissing("spark.executor.killOnFatalError.depth", "0");
            if (!asksForPages(conf)) {
                conf.set(UI + "enabled", "false");
            }
        }
        refuse(conf, "spark.speculation");
        refuse(conf, "spark.dynamicAllocation.enabled");
        DiskFull.checkTemporaryFolders();
        boolean borrowed = isRunning();
        try {
            return new Sessions(SparkSession.builder().config(conf).getOrCreate(), borrowed);
        } catch (Exception failure) { // a SparkException, which is checked but not declared
            throw notStarted(conf, failure);
        }
    }

    /** Returns Hadoop's configuration without starting Spark, which takes seconds. */
    static Configuration hadoop() {
        Configuration hadoop = new Configuration();
        for (var setting : new SparkConf().getAllWithPrefix(HADOOP)) {
            hadoop.set(setting._1(), setting._2());
        }
        return hadoop;
    }

    /** Returns whether the user has set anything about Spark's web pages. */
    private static boolean asksForPages(SparkConf conf) {
        return Stream.of(conf.getAllWithPrefix(UI)).anyMatch(setting -> !CONSOLE_PROGRESS.equals(UI + setting._1()));
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

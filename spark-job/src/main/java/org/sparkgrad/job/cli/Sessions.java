package org.sparkgrad.job.cli;

import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.JobException;

/** Starts Spark for a command, with what resident data need. */
final class Sessions {
    private Sessions() {}

    /**
     * Returns a session of the master that spark-submit was given, or local[*].
     *
     * @throws JobException with USAGE for settings that keep data from staying where they are
     */
    static SparkSession start(String command) {
        SparkConf conf = new SparkConf().setAppName("sparkgrad " + command);
        conf.setIfMissing("spark.master", "local[*]");
        conf.setIfMissing("spark.speculation", "false");
        conf.setIfMissing("spark.dynamicAllocation.enabled", "false");
        conf.setIfMissing("spark.locality.wait", "0s");
        conf.setIfMissing("spark.scheduler.minRegisteredResourcesRatio", "1.0");
        conf.setIfMissing("spark.ui.showConsoleProgress", "false");
        // Java's serializer keeps what it has written until it is reset: by default a hundred packs of rows a shard.
        conf.setIfMissing("spark.serializer.objectStreamReset", "1");
        refuse(conf, "spark.speculation");
        refuse(conf, "spark.dynamicAllocation.enabled");
        try {
            return SparkSession.builder().config(conf).getOrCreate();
        } catch (Exception failure) { // a SparkException, which is checked, though no signature declares it
            throw notStarted(conf, failure);
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

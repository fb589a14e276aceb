package org.sparkgrad.job.generate;

import java.io.IOException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.JobException;

/** Whether a table may be written where it should go. */
final class OutputCheck {
    private OutputCheck() {}

    /** Throws if the folder exists and may not be replaced, or its file system cannot be reached. */
    static void refuseExisting(SparkSession spark, String path, boolean overwrite) {
        if (!overwrite && exists(spark, path)) {
            throw new JobException(
                    ExitCode.USAGE, path + " exists: name another output, or replace it with --overwrite.");
        }
    }

    private static boolean exists(SparkSession spark, String path) {
        try {
            Path folder = new Path(path);
            FileSystem system = folder.getFileSystem(spark.sparkContext().hadoopConfiguration());
            return system.exists(folder);
        } catch (IOException | IllegalArgumentException e) {
            throw new JobException(ExitCode.USAGE, "Cannot write to " + path + ": " + e.getMessage(), e);
        }
    }
}

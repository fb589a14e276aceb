package org.sparkgrad.job.generate;

import java.io.IOException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.JobException;

/** Checks that a table may be written to a folder. */
final class OutputCheck {
    private OutputCheck() {}

    /** Throws an exception if the folder exists and may not be replaced, or if its file system cannot be reached. */
    static void refuseExisting(SparkSession spark, String path, boolean overwrite) {
        try {
            Path folder = new Path(path);
            FileSystem system = folder.getFileSystem(spark.sparkContext().hadoopConfiguration());
            if (!system.exists(folder)) {
                return;
            }
            if (!overwrite) {
                throw new JobException(
                        ExitCode.USAGE, path + " exists: name another output, or replace it with --overwrite.");
            }
            if (!system.exists(new Path(folder, "_SUCCESS"))) {
                throw new JobException(
                        ExitCode.USAGE,
                        path + " exists and is no generated table (it has no _SUCCESS): it is not overwritten.");
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new JobException(ExitCode.USAGE, "Cannot write to " + path + ": " + e.getMessage(), e);
        }
    }
}

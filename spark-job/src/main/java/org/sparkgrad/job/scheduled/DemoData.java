package org.sparkgrad.job.scheduled;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.sparkgrad.job.config.RegistrySettings;
import org.sparkgrad.job.config.ScheduledConfiguration;
import org.sparkgrad.job.generate.Pets;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.JobException;
import org.sparkgrad.job.report.Progress;

/** Writes a generated table of pets as the data of a night, to try scheduling. */
final class DemoData {
    private DemoData() {}

    static void writeIfAsked(SparkSession session, ScheduledConfiguration configuration, Progress progress) {
        RegistrySettings settings = configuration.registry();
        Long rows = settings.generateRows();
        String path = configuration.training("", null).settings().data().data().get(0);
        if (rows == null || isThere(session, path)) {
            return;
        }
        CRC32 seed = new CRC32();
        seed.update(settings.runId().getBytes(StandardCharsets.UTF_8));
        progress.note("makes %d pets in %s".formatted(rows, path));
        // Written under another name and renamed at the end. Otherwise a partial table of a killed run would be taken
        // for the data of the night.
        Pets.write(session, rows, seed.getValue(), path + ".running", true);
        move(session, path);
    }

    private static boolean isThere(SparkSession session, String path) {
        try {
            Path data = new Path(path);
            return data.getFileSystem(session.sparkContext().hadoopConfiguration())
                    .exists(data);
        } catch (IOException failure) {
            throw unwritable(path, failure);
        }
    }

    private static void move(SparkSession session, String path) {
        try {
            Path made = new Path(path + ".running");
            if (!made.getFileSystem(session.sparkContext().hadoopConfiguration())
                    .rename(made, new Path(path))) {
                throw new IOException("the file system does not rename " + made);
            }
        } catch (IOException failure) {
            throw unwritable(path, failure);
        }
    }

    private static JobException unwritable(String path, IOException failure) {
        return new JobException(
                ExitCode.RESOURCES, "%s cannot be written: %s".formatted(path, failure.getMessage()), failure);
    }
}

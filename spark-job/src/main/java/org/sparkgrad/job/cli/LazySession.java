package org.sparkgrad.job.cli;

import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** A command's Spark session that starts at its first use. */
final class LazySession implements AutoCloseable {
    private final String command;
    private @Nullable Sessions session;

    LazySession(String command) {
        this.command = command;
    }

    SparkSession spark() {
        if (session == null) {
            session = Sessions.start(command);
        }
        return session.spark();
    }

    @Override
    public void close() {
        if (session != null) {
            session.close();
        }
    }
}

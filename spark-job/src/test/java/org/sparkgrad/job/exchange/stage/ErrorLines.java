package org.sparkgrad.job.exchange.stage;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;

/** What the log says of errors while this is open. */
final class ErrorLines extends AbstractAppender implements AutoCloseable {
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();

    ErrorLines() {
        super("sparkgradErrors", null, null, true, Property.EMPTY_ARRAY);
        start();
        root().addAppender(this, Level.ERROR, null);
        context().updateLoggers();
    }

    String text() {
        return String.join("\n", lines);
    }

    @Override
    public void append(LogEvent event) {
        lines.add(event.getLoggerName() + ": " + event.getMessage().getFormattedMessage());
    }

    @Override
    public void close() {
        root().removeAppender(getName());
        context().updateLoggers();
        stop();
    }

    private static LoggerContext context() {
        return (LoggerContext) LogManager.getContext(false);
    }

    private static LoggerConfig root() {
        return context().getConfiguration().getRootLogger();
    }
}

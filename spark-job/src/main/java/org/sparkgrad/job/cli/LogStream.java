package org.sparkgrad.job.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Standard error as log events, one per line, so that with conf/log4j2-json.properties all output is JSON. The
 * environment variable SPARKGRAD_LOG, which a launcher option sets, selects this stream.
 */
final class LogStream extends PrintStream {
    /** The prefix of the last line of a failure. */
    static final String ERROR = "sparkgrad: ";

    private static final Logger LOG = LoggerFactory.getLogger("org.sparkgrad");
    private static final String VARIABLE = "SPARKGRAD_LOG";

    private LogStream() {
        super(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    }

    /** Returns standard error, unchanged or as log events. */
    static PrintStream standardError() {
        return "json".equals(System.getenv(VARIABLE)) ? new LogStream() : System.err;
    }

    @Override
    public void println(String line) {
        if (line.startsWith(ERROR)) {
            LOG.error("{}", line.substring(ERROR.length()));
        } else {
            LOG.info("{}", line);
        }
    }

    @Override
    public void println(Object line) {
        println(String.valueOf(line));
    }
}

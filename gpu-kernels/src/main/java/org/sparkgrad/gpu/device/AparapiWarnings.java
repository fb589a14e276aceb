package org.sparkgrad.gpu.device;

import com.aparapi.Config;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Collects what Aparapi logs in this thread until it is closed: OpenCL's error codes appear only in that log. */
final class AparapiWarnings extends Handler {
    private static final Pattern STATUS = Pattern.compile("runKernelJNI returned (-?\\d+)");

    /** Aparapi's own, for a launch that it refuses itself. */
    private static final int REFUSED = -1;

    private final Logger logger = Logger.getLogger(Config.getLoggerName());
    private final long thread = Thread.currentThread().getId();
    private final List<String> messages = new ArrayList<>();

    AparapiWarnings() {
        logger.addHandler(this);
    }

    @Override
    public void publish(LogRecord line) {
        if (Thread.currentThread().getId() == thread) {
            messages.add(line.getMessage());
        }
    }

    /** Returns the logged OpenCL errors, with their meaning where it is known; without any, the message of the failure. */
    String cause(Throwable thrown) {
        List<String> causes = new ArrayList<>();
        for (String message : messages) {
            Matcher status = STATUS.matcher(message);
            if (status.find()) {
                int code = Integer.parseInt(status.group(1));
                causes.add(
                        code == REFUSED
                                ? "the launch was refused; standard error has more"
                                : OpenClStatus.describe(code));
            }
        }
        return causes.isEmpty() ? String.valueOf(thrown.getMessage()) : String.join("; ", causes);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}

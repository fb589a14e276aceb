package org.sparkgrad.gpu.device;

import com.aparapi.Config;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Collects what Aparapi logs in this thread until it is closed: OpenCL's error codes appear only in that log. */
final class AparapiWarnings extends Handler {
    private static final Pattern STATUS = Pattern.compile("runKernelJNI returned (-?\\d+)");

    /** Error codes of the OpenCL specification that a running device returns, with their meaning. */
    private static final Map<String, String> CODES = Map.of(
            "-1", "the launch was refused; standard error has more",
            "-2", "CL_DEVICE_NOT_AVAILABLE: the device is lost or taken",
            "-4", "CL_MEM_OBJECT_ALLOCATION_FAILURE: its memory is full",
            "-5", "CL_OUT_OF_RESOURCES: its memory is full, or a kernel crashed",
            "-6", "CL_OUT_OF_HOST_MEMORY",
            "-36", "CL_INVALID_COMMAND_QUEUE: the device is lost",
            "-54", "CL_INVALID_WORK_GROUP_SIZE",
            "-61", "CL_INVALID_BUFFER_SIZE: an array is larger than the device allows");

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
                causes.add(CODES.getOrDefault(status.group(1), "OpenCL error " + status.group(1)));
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

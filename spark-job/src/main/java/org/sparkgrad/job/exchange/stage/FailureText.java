package org.sparkgrad.job.exchange.stage;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.Problem;

/** A problem as the body of a message: exit status, then text. */
@SuppressWarnings("EnumOrdinal") // both ends are of one build
final class FailureText {
    private static final int LONGEST = 2000;

    private FailureText() {}

    static byte[] write(Problem problem) {
        String message = problem.message();
        byte[] text = message.substring(0, Math.min(message.length(), LONGEST)).getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(1 + text.length)
                .put((byte) problem.exitCode().ordinal())
                .put(text)
                .array();
    }

    /** @throws IllegalArgumentException if there is no such exit code */
    static Problem read(ByteBuffer body) {
        ByteBuffer in = body.duplicate();
        int code = in.hasRemaining() ? in.get() : -1;
        if (code < 0 || code >= ExitCode.values().length) {
            throw new IllegalArgumentException("no exit code " + code);
        }
        return new Problem(
                ExitCode.values()[code], StandardCharsets.UTF_8.decode(in).toString());
    }
}

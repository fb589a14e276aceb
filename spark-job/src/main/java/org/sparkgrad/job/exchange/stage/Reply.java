package org.sparkgrad.job.exchange.stage;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The driver's answer to a message: a head of {@value #HEAD} bytes, then a body. AnswerNumbers are little-endian.
 *
 * @param kind what to do
 * @param round of ROUND, its number
 * @param body of ROUND, the question
 */
@SuppressWarnings("EnumOrdinal") // both ends are of one build
record Reply(Kind kind, long round, ByteBuffer body) {
    /** Bytes before the body. */
    static final int HEAD = 1 + 8;

    /** What a worker is to do. */
    enum Kind {
        /** Go on. */
        HEARD,
        /** Answer this round. */
        ROUND,
        /** Training is over: end the task. */
        END,
        /** The answer is not one: end the task as failed. */
        UNREADABLE,
        /** The place is another's: end the task, which does not count as a failure. */
        STALE
    }

    /** Returns a reply without a body. */
    static ByteBuffer of(Kind kind) {
        return write(kind, 0, ByteBuffer.allocate(HEAD).position(HEAD));
    }

    /** Returns a reply as bytes: the body, and before its position the head, for which there is room. */
    static ByteBuffer write(Kind kind, long round, ByteBuffer body) {
        ByteBuffer reply = body.duplicate().order(ByteOrder.LITTLE_ENDIAN).position(body.position() - HEAD);
        return reply.put((byte) kind.ordinal()).putLong(round).position(body.position() - HEAD);
    }

    /** Reads a reply; the body is not copied. */
    static Reply read(ByteBuffer message) {
        ByteBuffer in = message.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        return new Reply(Kind.values()[in.get()], in.getLong(), in.slice().order(ByteOrder.LITTLE_ENDIAN));
    }
}

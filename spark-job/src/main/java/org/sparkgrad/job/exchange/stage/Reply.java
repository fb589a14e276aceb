package org.sparkgrad.job.exchange.stage;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The driver's reply to a message: a head of {@value #HEAD} bytes, then a body. Numbers are little-endian.
 *
 * @param kind the action of the worker
 * @param round the number of the round, for ROUND
 * @param body the question, for ROUND
 */
@SuppressWarnings("EnumOrdinal") // both ends are of one build
record Reply(Kind kind, long round, ByteBuffer body) {
    /** The bytes before the body. */
    static final int HEAD = 1 + 8;

    /** The action of a worker. */
    enum Kind {
        /** Continue. */
        CONTINUE,
        /** Answer this round. */
        ROUND,
        /** The training is over: end the task. */
        END,
        /** The answer cannot be read: end the task as failed. */
        UNREADABLE,
        /** Another attempt has the place: end the task, which does not count as a failure. */
        STALE
    }

    /** Returns a reply without a body. */
    static ByteBuffer of(Kind kind) {
        return write(kind, 0, ByteBuffer.allocate(HEAD).position(HEAD));
    }

    /**
     * Returns a reply as bytes. The body begins at its position, and the head is written to the free bytes before the
     * position.
     */
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

package org.sparkgrad.job.exchange.stage;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The driver's answer to a message: a head of {@value #HEAD} bytes, then a body. Numbers are little-endian.
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
        return write(kind, 0, ByteBuffer.allocate(0));
    }

    /** Returns a reply as bytes. */
    static ByteBuffer write(Kind kind, long round, ByteBuffer body) {
        return ByteBuffer.allocate(HEAD + body.remaining())
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) kind.ordinal())
                .putLong(round)
                .put(body.duplicate())
                .flip();
    }

    /** Reads replies of one connection, on its thread. A question is valid until the next one comes. */
    static final class Reader {
        private ByteBuffer question = ByteBuffer.allocate(0);

        /** Reads a reply, copying the body: the buffer is the network layer's. */
        Reply read(ByteBuffer message) {
            ByteBuffer in = message.duplicate().order(ByteOrder.LITTLE_ENDIAN);
            Kind kind = Kind.values()[in.get()];
            long round = in.getLong();
            if (in.hasRemaining()) {
                if (question.capacity() != in.remaining()) {
                    question = ByteBuffer.allocate(in.remaining());
                }
                question.clear().put(in).flip();
            }
            return new Reply(kind, round, question.slice().order(ByteOrder.LITTLE_ENDIAN));
        }
    }
}

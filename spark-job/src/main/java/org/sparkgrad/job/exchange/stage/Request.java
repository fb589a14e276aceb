package org.sparkgrad.job.exchange.stage;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;

/**
 * A message of a worker: a head of {@value #HEAD} bytes, then a body. Numbers are little-endian.
 *
 * @param kind the kind of the message
 * @param member the sender
 * @param round the round of the message
 * @param body the rest. For ALIVE: the id of the executor. For PART: the number of values sent before, then the next
 *     values. For ANSWER: the number of values sent before, the number of last values, the last values, then the rest
 *     of the answer. For FAILED: exit code and reason
 */
@SuppressWarnings("EnumOrdinal") // both ends are of one build
record Request(Kind kind, WorkerId member, long round, ByteBuffer body) {
    /** The bytes before the body. */
    static final int HEAD = 4 + 16 + 1 + 4 + 4 + 8 + 8;

    /**
     * The largest number of values of a PART, so that a part fits a processor's cache and no large objects are
     * allocated.
     */
    static final int PART_NUMBERS = 32 << 10;

    /** The largest number of bytes of a message, without the rest of an answer, which is short. */
    static final int LARGEST = HEAD + Long.BYTES + Integer.BYTES + PART_NUMBERS * Double.BYTES;

    private static final int MAGIC = 0x53475831;

    /** The kinds of messages. */
    enum Kind {
        /** The worker is alive; the first message takes the worker's place. */
        ALIVE,
        /** The worker is idle and requests the next round. */
        NEXT,
        /** The next values of the answer to the round, in order; gets no reply. */
        PART,
        /** The last values of the answer and the rest of the answer; requests the next round. */
        ANSWER,
        /** The worker cannot answer, and ends. */
        FAILED
    }

    /** Returns a buffer with the head and free space for the body. */
    static ByteBuffer begin(UUID secret, Kind kind, WorkerId member, long round, int bodyBytes) {
        return begin(ByteBuffer.allocate(HEAD + bodyBytes), secret, kind, member, round);
    }

    /** Writes the head into a buffer and returns the buffer. */
    static ByteBuffer begin(ByteBuffer into, UUID secret, Kind kind, WorkerId member, long round) {
        return into.order(ByteOrder.LITTLE_ENDIAN)
                .putInt(MAGIC)
                .putLong(secret.getMostSignificantBits())
                .putLong(secret.getLeastSignificantBits())
                .put((byte) kind.ordinal())
                .putInt(member.generation())
                .putInt(member.worker())
                .putLong(member.attempt())
                .putLong(round);
    }

    /**
     * Reads a message; the body is not copied.
     *
     * @throws IllegalArgumentException if the bytes are no message, or lack the secret
     */
    static Request parse(ByteBuffer message, UUID secret) {
        ByteBuffer in = message.slice().order(ByteOrder.LITTLE_ENDIAN);
        if (in.remaining() < HEAD || in.getInt() != MAGIC) {
            throw new IllegalArgumentException("not a message of a worker");
        }
        if (!secret.equals(new UUID(in.getLong(), in.getLong()))) {
            throw new IllegalArgumentException("without the secret of this run");
        }
        int kind = in.get();
        if (kind < 0 || kind >= Kind.values().length) {
            throw new IllegalArgumentException("of unknown kind " + kind);
        }
        int generation = in.getInt();
        int worker = in.getInt();
        WorkerId member = new WorkerId(generation, worker, in.getLong());
        return new Request(Kind.values()[kind], member, in.getLong(), in.slice().order(ByteOrder.LITTLE_ENDIAN));
    }
}

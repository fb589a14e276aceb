package org.sparkgrad.job.exchange.stage;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;

/**
 * A message of a worker: a head of {@value #HEAD} bytes, then a body. AnswerNumbers are little-endian.
 *
 * @param kind what it is about
 * @param member who sent it
 * @param round the round it belongs to
 * @param body the rest: of ALIVE the executor's id, of PART how many numbers were sent before,
 *     and the next ones, of ANSWER the same of the last ones, their count before them, and what comes beside the numbers,
 *     of FAILED exit code and reason
 */
@SuppressWarnings("EnumOrdinal") // both ends are of one build
record Request(Kind kind, WorkerId member, long round, ByteBuffer body) {
    /** Bytes before the body. */
    static final int HEAD = 4 + 16 + 1 + 4 + 4 + 8 + 8;

    /** The most numbers of a PART: they stay in a processor's cache, and make no large objects. */
    static final int PART_NUMBERS = 32 << 10;

    /** The most bytes of a message but for what comes beside the numbers, which is short. */
    static final int LARGEST = HEAD + Long.BYTES + Integer.BYTES + PART_NUMBERS * Double.BYTES;

    private static final int MAGIC = 0x53475831;

    /** What a message is about. */
    enum Kind {
        /** I am there; the first one takes the worker's place. */
        ALIVE,
        /** I have nothing to do: give me the next round. */
        NEXT,
        /** AnswerNumbers of my answer to the round, in order; wants no reply. */
        PART,
        /** The last numbers of my answer, and what comes beside them; give me the next round. */
        ANSWER,
        /** I cannot answer, and end. */
        FAILED
    }

    /** Returns a buffer with the head written and room for the body. */
    static ByteBuffer begin(UUID secret, Kind kind, WorkerId member, long round, int bodyBytes) {
        return begin(ByteBuffer.allocate(HEAD + bodyBytes), secret, kind, member, round);
    }

    /** Writes the head into a buffer, which it returns. */
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
     * @throws IllegalArgumentException if it is not one, or lacks the secret
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

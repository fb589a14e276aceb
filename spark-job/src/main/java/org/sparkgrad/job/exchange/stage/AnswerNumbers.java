package org.sparkgrad.job.exchange.stage;

import java.nio.ByteBuffer;

/**
 * A worker's numbers, which arrive in parts, in order. The arrays are used again in every round: fresh ones of megabytes
 * cost more than what is done with them.
 */
public final class AnswerNumbers {
    /** Bytes of an answer before its numbers. */
    static final int LAST_HEAD = Long.BYTES + Integer.BYTES;

    private final double[][] arrays;
    private final int length;
    private long arrived;

    /** Makes room for some arrays of one length. */
    public AnswerNumbers(int count, int length) {
        this.arrays = new double[count][length];
        this.length = length;
    }

    /** Whether it has such arrays. */
    boolean fits(int count, int lengthOfEach) {
        return arrays.length == count && length == lengthOfEach;
    }

    void restart() {
        arrived = 0;
    }

    /**
     * Copies what comes next.
     *
     * @param at how many numbers were sent before
     * @throws IllegalArgumentException unless they go on where the last part ended, and there is room for them
     */
    void add(long at, ByteBuffer part) {
        int count = part.remaining() / Double.BYTES;
        if (at != arrived || at + count > (long) arrays.length * length || part.remaining() % Double.BYTES != 0) {
            throw new IllegalArgumentException("%d bytes at number %d, where number %d of %d is due"
                    .formatted(part.remaining(), at, arrived, (long) arrays.length * length));
        }
        var in = part.asDoubleBuffer();
        while (in.hasRemaining()) {
            int offset = (int) (arrived % length);
            int fitting = Math.min(length - offset, in.remaining());
            in.get(arrays[(int) (arrived / length)], offset, fitting);
            arrived += fitting;
        }
    }

    /**
     * Copies the last ones, after how many were sent before, and their count.
     *
     * @return what comes after them
     * @throws IllegalArgumentException unless all are there
     */
    ByteBuffer addLast(ByteBuffer answer) {
        if (answer.remaining() < LAST_HEAD) {
            throw new IllegalArgumentException("an answer that is cut off");
        }
        long at = answer.getLong();
        int count = answer.getInt();
        if (count < 0 || count > answer.remaining() / Double.BYTES) {
            throw new IllegalArgumentException(
                    "an answer of %d bytes for %d numbers".formatted(answer.remaining(), count));
        }
        int bytes = count * Double.BYTES;
        add(at, answer.slice(answer.position(), bytes).order(answer.order()));
        if (arrived != (long) arrays.length * length) {
            throw new IllegalArgumentException("not all numbers have come");
        }
        return answer.position(answer.position() + bytes).slice().order(answer.order());
    }

    /** Returns an array, which is overwritten in the next round. */
    public double[] get(int index) {
        return arrays[index];
    }
}

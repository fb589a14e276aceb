package org.sparkgrad.job.exchange.stage;

import java.nio.ByteBuffer;

/**
 * The numbers of a worker's answer, which arrive in parts, in order. The arrays are reused in every round, because
 * allocating megabytes costs more than the work on them.
 */
public final class AnswerNumbers {
    /** The bytes of an answer before its numbers. */
    static final int LAST_HEAD = Long.BYTES + Integer.BYTES;

    private final double[][] arrays;
    private final int length;
    private long arrived;

    /** Allocates arrays of one length. */
    public AnswerNumbers(int count, int length) {
        this.arrays = new double[count][length];
        this.length = length;
    }

    /** Returns whether the arrays have this number and length. */
    boolean fits(int count, int lengthOfEach) {
        return arrays.length == count && length == lengthOfEach;
    }

    void restart() {
        arrived = 0;
    }

    /**
     * Copies the next part.
     *
     * @param at the number of values that were sent before
     * @throws IllegalArgumentException unless the part follows the last part and fits the arrays
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
     * Copies the last part, which begins with the number of values that were sent before and the number of its own
     * values.
     *
     * @return the bytes after the values
     * @throws IllegalArgumentException unless all values have arrived
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

    /** Returns an array, which the next round overwrites. */
    public double[] get(int index) {
        return arrays[index];
    }
}

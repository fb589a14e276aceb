package org.sparkgrad.gpu.block;

/**
 * Rows {@code [start, end)} of a shard, counted over all its blocks.
 *
 * @param start the first row
 * @param end one past the last row
 */
public record RowRange(int start, int end) {
    /** Checks that 0 <= start <= end. */
    public RowRange {
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("not a row range: [" + start + ", " + end + ")");
        }
    }

    /** Returns the rows {@code [0, shard.rows())}. */
    public static RowRange all(Shard shard) {
        return new RowRange(0, shard.rows());
    }

    /** Returns the number of rows. */
    public int rows() {
        return end - start;
    }
}

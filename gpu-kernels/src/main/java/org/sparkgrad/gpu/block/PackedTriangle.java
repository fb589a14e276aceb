package org.sparkgrad.gpu.block;

/** The upper triangle of a symmetric matrix of n rows, row after row, each from its diagonal on. */
public final class PackedTriangle {
    private PackedTriangle() {}

    /** Returns how many numbers the triangle has. */
    public static int length(int n) {
        return Math.toIntExact((long) n * (n + 1) / 2);
    }

    /** Returns the index of an element. */
    public static int index(int n, int row, int column) {
        int i = Math.min(row, column);
        return start(n, i) + Math.max(row, column) - i;
    }

    /** Returns the index of the diagonal element of a row. */
    public static int start(int n, int row) {
        return (int) ((long) row * (2L * n - row + 1) / 2);
    }
}

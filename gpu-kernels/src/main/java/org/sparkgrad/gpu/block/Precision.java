package org.sparkgrad.gpu.block;

/** The number format in which an engine holds features and computes inside a block. */
public enum Precision {
    /** IEEE single precision. */
    FLOAT(Float.BYTES),
    /** IEEE double precision. */
    DOUBLE(Double.BYTES);

    private final int bytes;

    Precision(int bytes) {
        this.bytes = bytes;
    }

    /** Returns the bytes of one number. */
    public int bytes() {
        return bytes;
    }
}

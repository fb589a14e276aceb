package org.sparkgrad.job.exchange.pass;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.Precision;

/** Writes a pass as bytes, with coefficients in the precision of the engine. Numbers are little-endian. */
@SuppressWarnings("EnumOrdinal") // both ends are of one build
final class PassOutput {
    private static final int SMALL = 64;
    private static final int AT_ONCE = 4096;

    private final float[] floats = new float[AT_ONCE];
    private final int head;
    private Precision precision = Precision.DOUBLE;
    private ByteBuffer out;

    /** @param head the number of bytes to leave free before each pass */
    PassOutput(int head) {
        this.head = head;
        this.out = room(head + SMALL);
    }

    /** Starts to write a pass, which overwrites the previous pass. */
    void begin(int kind, Precision asPrecision) {
        precision = asPrecision;
        out.clear().position(head);
        putInt(kind);
        putInt(precision.ordinal());
    }

    /** Returns the bytes of the pass. */
    ByteBuffer end() {
        return out.flip().position(head);
    }

    /** Writes a number. */
    void putInt(int value) {
        room(Integer.BYTES, 1).putInt(value);
    }

    /** Writes the shape and the values of coefficients. */
    void putCoefficients(Coefficients coefficients) {
        putInt(coefficients.outputs());
        putInt(coefficients.features());
        putNumbers(coefficients.values());
    }

    /** Writes numbers in the engine's precision, without their count. */
    void putNumbers(double[] values) {
        ByteBuffer to = room(precision.bytes(), values.length);
        int end = to.position() + values.length * precision.bytes();
        switch (precision) {
            case FLOAT -> {
                FloatBuffer into = to.asFloatBuffer();
                for (int at = 0; at < values.length; at += AT_ONCE) {
                    int some = Math.min(AT_ONCE, values.length - at);
                    for (int i = 0; i < some; i++) {
                        floats[i] = (float) values[at + i];
                    }
                    into.put(floats, 0, some);
                }
            }
            case DOUBLE -> to.asDoubleBuffer().put(values);
        }
        to.position(end);
    }

    private ByteBuffer room(int bytes, int count) {
        int needed = Math.addExact(out.position(), Math.multiplyExact(bytes, count));
        if (needed > out.capacity()) {
            out = room(Math.max(needed, 2 * out.position())).put(out.flip());
        }
        return out;
    }

    private static ByteBuffer room(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}

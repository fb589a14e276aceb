package org.sparkgrad.job.exchange;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.Precision;

/** Writes a pass as bytes, coefficients in the engine's precision; numbers are little-endian. */
@SuppressWarnings("EnumOrdinal") // both ends are of one build
public final class PassWriter {
    private static final int SMALL = 64;

    private final Precision precision;
    private ByteBuffer out = room(SMALL);

    private PassWriter(Precision precision) {
        this.precision = precision;
    }

    /** Returns the pass as bytes that {@link PassReader#read} reads. */
    static ByteBuffer write(Pass pass, Precision precision) {
        PassWriter writer = new PassWriter(precision);
        writer.putInt(pass.kind().ordinal());
        writer.putInt(precision.ordinal());
        pass.write(writer);
        return writer.out.flip();
    }

    /** Writes a number. */
    void putInt(int value) {
        room(Integer.BYTES, 1).putInt(value);
    }

    /** Writes shape and values. */
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
                float[] floats = new float[values.length];
                for (int i = 0; i < floats.length; i++) {
                    floats[i] = (float) values[i];
                }
                to.asFloatBuffer().put(floats);
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
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}

package org.sparkgrad.job.exchange.pass;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.Precision;

/**
 * Reads the numbers of a pass that {@link PassOutput} wrote. For use by one thread. Arrays are reused for the next
 * pass.
 */
@SuppressWarnings("EnumOrdinal") // both ends are of one build
final class PassInput {
    private static final int AT_ONCE = 4096;

    private final float[] floats = new float[AT_ONCE];
    private final List<double[]> arrays = new ArrayList<>();
    private ByteBuffer in = ByteBuffer.allocate(0);
    private Precision precision = Precision.DOUBLE;
    private int kind;
    private int read;

    /** Starts to read the numbers of a pass. */
    void begin(ByteBuffer bytes) {
        in = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
        read = 0;
        kind = in.getInt();
        precision = Precision.values()[in.getInt()];
    }

    /** Returns the number of the kind of pass. */
    int kind() {
        return kind;
    }

    /** Reads a number. */
    int getInt() {
        return in.getInt();
    }

    /** Reads the shape and the values of coefficients. */
    Coefficients getCoefficients() {
        int outputs = getInt();
        int features = getInt();
        return new Coefficients(outputs, features, getNumbers(outputs * (features + 1)));
    }

    /** Reads numbers that were written in the engine's precision. */
    double[] getNumbers(int count) {
        double[] values = array(count);
        switch (precision) {
            case FLOAT -> {
                FloatBuffer from = in.asFloatBuffer();
                for (int at = 0; at < count; at += AT_ONCE) {
                    int some = Math.min(AT_ONCE, count - at);
                    from.get(floats, 0, some);
                    for (int i = 0; i < some; i++) {
                        values[at + i] = floats[i];
                    }
                }
            }
            case DOUBLE -> in.asDoubleBuffer().get(values);
        }
        in.position(in.position() + count * precision.bytes());
        return values;
    }

    private double[] array(int length) {
        if (read == arrays.size()) {
            arrays.add(new double[length]);
        } else if (arrays.get(read).length != length) {
            arrays.set(read, new double[length]);
        }
        return arrays.get(read++);
    }
}

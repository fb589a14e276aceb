package org.sparkgrad.job.exchange;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.Precision;

/** Reads what {@link PassWriter} wrote. */
@SuppressWarnings("EnumOrdinal") // both ends are of one build
public final class PassReader {
    private final ByteBuffer in;
    private final Precision precision;

    private PassReader(ByteBuffer in, Precision precision) {
        this.in = in;
        this.precision = precision;
    }

    /** Reads a pass. */
    static Pass read(ByteBuffer bytes) {
        ByteBuffer in = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
        Pass.Kind kind = Pass.Kind.values()[in.getInt()];
        return kind.read(new PassReader(in, Precision.values()[in.getInt()]));
    }

    /** Reads a number. */
    int getInt() {
        return in.getInt();
    }

    /** Reads shape and values. */
    Coefficients getCoefficients() {
        int outputs = getInt();
        int features = getInt();
        return new Coefficients(outputs, features, getNumbers(outputs * (features + 1)));
    }

    /** Reads numbers that were written in the engine's precision. */
    double[] getNumbers(int count) {
        double[] values = new double[count];
        switch (precision) {
            case FLOAT -> {
                float[] floats = new float[count];
                in.asFloatBuffer().get(floats);
                for (int i = 0; i < count; i++) {
                    values[i] = floats[i];
                }
            }
            case DOUBLE -> in.asDoubleBuffer().get(values);
        }
        in.position(in.position() + count * precision.bytes());
        return values;
    }
}

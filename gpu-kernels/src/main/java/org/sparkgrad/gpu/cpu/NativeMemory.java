package org.sparkgrad.gpu.cpu;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;

/** Memory outside the heap, in pieces that start at multiples of {@value #ALIGNMENT} bytes; freed together. */
public final class NativeMemory implements AutoCloseable {
    private static final int ALIGNMENT = 64;

    private final List<BytePointer> pieces = new ArrayList<>();

    /** Returns room for so many floats. */
    public FloatPointer floats(long count) {
        return new FloatPointer(bytes(count * Float.BYTES));
    }

    /** Returns room for so many doubles. */
    public DoublePointer doubles(long count) {
        return new DoublePointer(bytes(count * Double.BYTES));
    }

    private BytePointer bytes(long count) {
        BytePointer piece = new BytePointer(count + ALIGNMENT);
        pieces.add(piece);
        long beyond = piece.address() % ALIGNMENT;
        return piece.getPointer(beyond == 0 ? 0 : ALIGNMENT - beyond);
    }

    @Override
    public void close() {
        pieces.forEach(BytePointer::close);
        pieces.clear();
    }
}

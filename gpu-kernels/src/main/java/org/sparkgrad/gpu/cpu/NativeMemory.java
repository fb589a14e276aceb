package org.sparkgrad.gpu.cpu;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;

/** Buffers outside the heap that start at multiples of {@value #ALIGNMENT} bytes; {@link #close} frees all. */
public final class NativeMemory implements AutoCloseable {
    private static final int ALIGNMENT = 64;

    private final List<BytePointer> buffers = new ArrayList<>();

    /** Returns a new buffer of floats. */
    public FloatPointer floats(long count) {
        return new FloatPointer(bytes(count * Float.BYTES));
    }

    /** Returns a new buffer of doubles. */
    public DoublePointer doubles(long count) {
        return new DoublePointer(bytes(count * Double.BYTES));
    }

    private BytePointer bytes(long count) {
        BytePointer buffer = new BytePointer(count + ALIGNMENT);
        buffers.add(buffer);
        long beyond = buffer.address() % ALIGNMENT;
        return buffer.getPointer(beyond == 0 ? 0 : ALIGNMENT - beyond);
    }

    @Override
    public void close() {
        buffers.forEach(BytePointer::close);
        buffers.clear();
    }
}

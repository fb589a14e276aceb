package org.sparkgrad.gpu.device;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.lwjgl.opencl.CL10;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.system.MemoryUtil;

/** An array in a buffer of the device. The host has its elements only as far as they have been read. */
final class DirectArray implements DeviceArray {
    /** Types of elements. */
    enum Type {
        /** 4 bytes. */
        FLOAT,
        /** 8 bytes. */
        DOUBLE,
        /** 4 bytes. */
        INT;

        int bytes() {
            return this == DOUBLE ? Double.BYTES : Float.BYTES;
        }
    }

    private final DeviceContext device;
    private final Supplier<String> purpose;
    private final Type type;
    private final long length;
    private final long buffer;
    /** Stands for the array in the kernel's field. */
    private final Object handle;

    private @Nullable ByteBuffer read;

    /** @param purpose returns the text that messages begin with */
    DirectArray(DeviceContext device, Supplier<String> purpose, Type type, long length) {
        this.device = device;
        this.purpose = purpose;
        this.type = type;
        this.length = Math.max(1, length);
        this.handle = switch (type) {
            case FLOAT -> new float[1];
            case DOUBLE -> new double[1];
            case INT -> new int[1];
        };
        try (MemoryStack stack = MemoryStack.stackPush()) {
            IntBuffer status = stack.mallocInt(1);
            this.buffer = CL10.clCreateBuffer(device.context(), CL10.CL_MEM_READ_WRITE, bytes(), status);
            OpenClStatus.check(status.get(0), "%s: a buffer of %d bytes".formatted(purpose.get(), bytes()));
        }
        device.calls().buffers.increment();
    }

    Object handle() {
        return handle;
    }

    Type type() {
        return type;
    }

    long buffer() {
        return buffer;
    }

    long bytes() {
        return length * type.bytes();
    }

    @Override
    public float[] floats() {
        return (float[]) handle;
    }

    @Override
    public double[] doubles() {
        return (double[]) handle;
    }

    @Override
    public int[] ints() {
        return (int[]) handle;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public void write(long at, Object numbers, int count) {
        write(
                at,
                count,
                switch (type) {
                    case FLOAT -> (to, from, some) -> to.asFloatBuffer().put((float[]) numbers, from, some);
                    case DOUBLE -> (to, from, some) -> to.asDoubleBuffer().put((double[]) numbers, from, some);
                    case INT -> (to, from, some) -> to.asIntBuffer().put((int[]) numbers, from, some);
                });
    }

    @Override
    public void writeRounded(long at, double[] numbers) {
        if (type == Type.DOUBLE) {
            write(at, numbers, numbers.length);
        } else {
            // Two loops that become vector instructions, one number at a time would not.
            float[] rounded = new float[numbers.length];
            for (int i = 0; i < rounded.length; i++) {
                rounded[i] = (float) numbers[i];
            }
            write(at, rounded, rounded.length);
        }
    }

    private void write(long at, int count, Staging.Filler numbers) {
        if (at < 0 || at + count > length) {
            throw new IndexOutOfBoundsException("%d elements from %d on of %d".formatted(count, at, length));
        }
        device.staging().write(buffer, at * type.bytes(), type.bytes(), count, numbers, purpose);
    }

    @Override
    public void read(int count) {
        ByteBuffer to = host(count);
        int status = CL10.clEnqueueReadBuffer(device.queue(), buffer, true, 0, to, null, null);
        device.calls().waits.increment();
        OpenClStatus.check(status, () -> "%s: the read of %d bytes".formatted(purpose.get(), to.remaining()));
        device.calls().bytesBack.add(to.remaining());
    }

    /** Returns host memory for the first elements; it is made once and grows. */
    private ByteBuffer host(int count) {
        int needed = Math.multiplyExact(count, type.bytes());
        if (read == null || read.capacity() < needed) {
            ByteBuffer larger = MemoryUtil.memRealloc(read, needed);
            read = larger.order(ByteOrder.nativeOrder());
        }
        return read.clear().limit(needed);
    }

    @Override
    public double get(int at) {
        ByteBuffer from = Objects.requireNonNull(read, "nothing has been read");
        int offset = at * type.bytes();
        return switch (type) {
            case FLOAT -> from.getFloat(offset);
            case DOUBLE -> from.getDouble(offset);
            case INT -> from.getInt(offset);
        };
    }

    @Override
    public void copyTo(double[] to, int start, int at, int count) {
        Objects.requireNonNull(read, "nothing has been read").asDoubleBuffer().get(at, to, start, count);
    }

    @Override
    public void forget(int at) {
        int offset = at * type.bytes();
        if (read != null && read.limit() >= offset + type.bytes()) {
            switch (type) {
                case FLOAT -> read.putFloat(offset, -1);
                case DOUBLE -> read.putDouble(offset, -1);
                case INT -> read.putInt(offset, -1);
            }
        }
    }

    /** Frees device and host memory; commands that still use the buffer keep it until they end. */
    void free() {
        CL10.clReleaseMemObject(buffer);
        MemoryUtil.memFree(read);
        read = null;
    }
}

package org.sparkgrad.gpu.device;

import java.nio.ByteBuffer;
import java.util.function.Supplier;
import org.lwjgl.PointerBuffer;
import org.lwjgl.opencl.CL10;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.system.MemoryUtil;

/**
 * Moves numbers to a device through two pieces of memory outside the Java heap, without waiting: while the device copies one
 * piece, the other is filled. A piece is filled again only when the device has copied it.
 */
final class Staging {
    /** Bytes of a piece: a mini-batch step fills a small part of one. */
    static final int PIECE = 4 << 20;

    private static final int PIECES = 2;

    private final long queue;
    private final DeviceCalls calls;
    private final ByteBuffer[] pieces = new ByteBuffer[PIECES];
    /** The last write from each piece; 0 for none. */
    private final long[] last = new long[PIECES];

    private int piece;

    Staging(long queue, DeviceCalls calls) {
        this.queue = queue;
        this.calls = calls;
        for (int p = 0; p < PIECES; p++) {
            pieces[p] = MemoryUtil.memAlloc(PIECE);
        }
    }

    /** Puts some of the numbers into a piece of memory, at its position. */
    interface Filler {
        /**
         * @param from the first number
         * @param count how many numbers
         */
        void fill(ByteBuffer piece, int from, int count);
    }

    /**
     * Enqueues the move of numbers.
     *
     * @param buffer the device's
     * @param offset in bytes
     * @param width bytes of a number
     * @param purpose returns the text that messages begin with
     */
    synchronized void write(long buffer, long offset, int width, int count, Filler numbers, Supplier<String> purpose) {
        int done = 0;
        while (done < count) {
            if (pieces[piece].remaining() < width) {
                next(purpose);
            }
            ByteBuffer to = pieces[piece];
            int some = Math.min(count - done, to.remaining() / width);
            int start = to.position();
            numbers.fill(to, done, some);
            to.position(start + some * width);
            enqueue(buffer, offset + (long) done * width, to.duplicate().flip().position(start), purpose);
            done += some;
        }
    }

    private void enqueue(long buffer, long offset, ByteBuffer bytes, Supplier<String> purpose) {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            PointerBuffer event = stack.mallocPointer(1);
            OpenClStatus.check(
                    CL10.clEnqueueWriteBuffer(queue, buffer, false, offset, bytes, null, event),
                    () -> purpose.get() + ": a write");
            release(piece);
            last[piece] = event.get(0);
        }
        calls.bytesThere.add(bytes.remaining());
    }

    /** Takes the other piece; waits for the device if it still copies that. */
    private void next(Supplier<String> purpose) {
        OpenClStatus.check(CL10.clFlush(queue), () -> purpose.get() + ": a write");
        piece = (piece + 1) % PIECES;
        if (last[piece] != 0 && !isComplete(last[piece])) {
            calls.waits.increment();
            OpenClStatus.check(CL10.clWaitForEvents(last[piece]), () -> purpose.get() + ": a write");
        }
        release(piece);
        pieces[piece].clear();
    }

    private static boolean isComplete(long event) {
        int[] status = new int[1];
        try (MemoryStack stack = MemoryStack.stackPush()) {
            var value = stack.mallocInt(1);
            status[0] = CL10.clGetEventInfo(event, CL10.CL_EVENT_COMMAND_EXECUTION_STATUS, value, null);
            return status[0] == CL10.CL_SUCCESS && value.get(0) == CL10.CL_COMPLETE;
        }
    }

    private void release(int of) {
        if (last[of] != 0) {
            CL10.clReleaseEvent(last[of]);
            last[of] = 0;
        }
    }
}

package org.sparkgrad.gpu.device;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;

/**
 * What the engines of this JVM have taken of each device's memory, whatever class loader they are in: they share one
 * budget a device, in the order in which they open.
 */
public final class DeviceLedger {
    private static final Map<Integer, Long> TAKEN = new HashMap<>();

    private DeviceLedger() {}

    /**
     * Plans with what is taken, and takes what the plan needs; nothing if planning throws.
     *
     * @param address the device's
     * @param plan given the bytes that others have taken
     * @param bytes those of a plan
     * @return the plan
     */
    public static synchronized <P> P take(int address, LongFunction<P> plan, ToLongFunction<P> bytes) {
        P planned = plan.apply(taken(address));
        TAKEN.merge(address, bytes.applyAsLong(planned), Long::sum);
        return planned;
    }

    /** Gives back bytes that were taken. */
    public static synchronized void giveBack(int address, long bytes) {
        TAKEN.merge(address, -bytes, Long::sum);
    }

    /** Returns the bytes that are taken of a device. */
    public static synchronized long taken(int address) {
        return TAKEN.getOrDefault(address, 0L);
    }
}

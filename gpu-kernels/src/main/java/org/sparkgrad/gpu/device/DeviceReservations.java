package org.sparkgrad.gpu.device;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;

/**
 * The bytes of each device's memory that the engines of this JVM have reserved. The engines of a
 * device share one budget; an engine that opens earlier reserves first.
 */
public final class DeviceReservations {
    private static final Map<Integer, Long> RESERVED = new HashMap<>();

    private DeviceReservations() {}

    /**
     * Makes a plan and reserves the bytes that the plan needs; reserves nothing if the plan throws.
     *
     * @param address of the device
     * @param plan makes the plan, given the bytes that other engines have reserved
     * @param bytes returns the bytes that a plan needs
     * @return the plan
     */
    public static synchronized <P> P reserve(int address, LongFunction<P> plan, ToLongFunction<P> bytes) {
        P planned = plan.apply(reserved(address));
        RESERVED.merge(address, bytes.applyAsLong(planned), Long::sum);
        return planned;
    }

    /** Releases reserved bytes. */
    public static synchronized void release(int address, long bytes) {
        RESERVED.merge(address, -bytes, Long::sum);
    }

    /** Returns the reserved bytes of a device. */
    public static synchronized long reserved(int address) {
        return RESERVED.getOrDefault(address, 0L);
    }
}

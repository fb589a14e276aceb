package org.sparkgrad.gpu.engine.opencl;

import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.device.DeviceArray;
import org.sparkgrad.gpu.device.KernelSession;

/** Makes arrays in the engine's precision. */
final class KernelArrays {
    private KernelArrays() {}

    /** Makes an array of floats or doubles. */
    static DeviceArray numbers(KernelSession session, Precision precision, long length) {
        return switch (precision) {
            case FLOAT -> session.floats(length);
            case DOUBLE -> session.doubles(length);
        };
    }
}

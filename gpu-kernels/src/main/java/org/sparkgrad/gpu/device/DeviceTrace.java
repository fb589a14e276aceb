package org.sparkgrad.gpu.device;

/**
 * The calls to one device since it was first used, by sessions that call OpenCL directly.
 *
 * @param launches passes of kernels
 * @param waits calls that waited for the device
 * @param buffers buffers that were made
 * @param bytesThere bytes moved to the device
 * @param bytesBack bytes moved back
 */
public record DeviceTrace(long launches, long waits, long buffers, long bytesThere, long bytesBack) {
    /** Returns the calls since an earlier moment. */
    public DeviceTrace since(DeviceTrace earlier) {
        return new DeviceTrace(
                launches - earlier.launches,
                waits - earlier.waits,
                buffers - earlier.buffers,
                bytesThere - earlier.bytesThere,
                bytesBack - earlier.bytesBack);
    }
}

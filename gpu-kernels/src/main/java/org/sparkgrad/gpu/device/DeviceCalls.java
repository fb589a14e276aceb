package org.sparkgrad.gpu.device;

import java.util.concurrent.atomic.LongAdder;

/** Counts the calls to one device. */
final class DeviceCalls {
    final LongAdder launches = new LongAdder();
    final LongAdder waits = new LongAdder();
    final LongAdder buffers = new LongAdder();
    final LongAdder bytesThere = new LongAdder();
    final LongAdder bytesBack = new LongAdder();

    /** Returns the counts so far. */
    DeviceTrace now() {
        return new DeviceTrace(launches.sum(), waits.sum(), buffers.sum(), bytesThere.sum(), bytesBack.sum());
    }
}

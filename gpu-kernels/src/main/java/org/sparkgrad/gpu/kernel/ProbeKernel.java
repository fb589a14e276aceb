package org.sparkgrad.gpu.kernel;

import com.aparapi.Kernel;

/** Computes in double precision, to learn whether a device can: one third of {@code value[0]}, into {@code value}. */
public final class ProbeKernel extends Kernel {
    private final double[] value;

    /** @param value one number, read and written */
    public ProbeKernel(double[] value) {
        this.value = value;
    }

    @Override
    public void run() {
        if (getGlobalId() == 0) {
            value[0] = value[0] / 3.0;
        }
    }
}

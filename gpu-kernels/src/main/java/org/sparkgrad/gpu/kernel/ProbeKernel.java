package org.sparkgrad.gpu.kernel;

import com.aparapi.Kernel;

/** Tests whether a device computes in double precision: replaces {@code value[0]} by one third of it. */
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

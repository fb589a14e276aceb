package org.sparkgrad.gpu.benchmark;

import com.aparapi.Kernel;

/** Copies N floats in device memory, an item each: 2 N floats move. */
public final class CopyKernel extends Kernel {
    private final float[] from;
    private final float[] to;

    /** Both arrays have N elements. */
    public CopyKernel(float[] from, float[] to) {
        this.from = from;
        this.to = to;
        setExplicit(true);
    }

    @Override
    public void run() {
        int i = getGlobalId();
        to[i] = from[i];
    }
}

package org.sparkgrad.gpu.kernel;

import com.aparapi.Kernel;

/** The part of a gradient kernel that does not depend on its number format and shape. */
public abstract class GradientKernel extends Kernel {
    /** Loss: logistic, K = 1. */
    public static final int LOGISTIC = 0;
    /** Loss: softmax. */
    public static final int SOFTMAX = 1;
    /** Loss: squared error of the sigmoid, K = 1. */
    public static final int SQUARED_ERROR = 2;

    final int loss;
    final int outputs;
    int stamp;

    /**
     * @param loss {@link #LOGISTIC}, {@link #SOFTMAX} or {@link #SQUARED_ERROR}
     * @param outputs K
     */
    GradientKernel(int loss, int outputs) {
        this.loss = loss;
        this.outputs = outputs;
        setExplicit(true);
    }

    /** Returns the passes of one execution. */
    public abstract int passes();

    /** Returns how many work items the longest pass needs. */
    public abstract int items();

    /** Returns how many work items share local memory. */
    public abstract int groupSize();
}

package org.sparkgrad.gpu.kernel;

/** Several outputs on a processor that computes in double: shards may merge there. */
public final class FloatItemSoftmaxTreeKernel extends FloatItemSoftmaxKernel {
    /** The parameters are those of {@link FloatDenseKernel}. */
    public FloatItemSoftmaxTreeKernel(
            int loss, int width, int outputs, float[] features, int[] labelsAndFolds, float[] weights) {
        super(loss, width, outputs, features, labelsAndFolds, weights);
    }

    @Override
    void merge() {
        if (treeCount == 0) {
            mergeLots();
        } else {
            mergeTrees();
        }
    }
}

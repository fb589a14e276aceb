package org.sparkgrad.gpu.kernel;

/** Several outputs on a GPU that computes in double: shards may merge there. */
public final class FloatGroupSoftmaxTreeKernel extends FloatGroupSoftmaxKernel {
    /** The parameters are those of {@link FloatDenseKernel}. */
    public FloatGroupSoftmaxTreeKernel(
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

package org.sparkgrad.gpu.kernel;

/** One output on a processor that computes in double: shards may merge there. */
public final class FloatItemBinaryTreeKernel extends FloatItemBinaryKernel {
    /** The parameters are those of {@link FloatDenseKernel}. */
    public FloatItemBinaryTreeKernel(
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

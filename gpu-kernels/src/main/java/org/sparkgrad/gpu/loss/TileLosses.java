package org.sparkgrad.gpu.loss;

/** Chooses the {@link TileLoss} that computes a {@link Loss}. */
public final class TileLosses {
    private TileLosses() {}

    /** Returns a loss with fast exponentials and few logarithms, for tiles of up to {@code maxRows} rows. */
    public static TileLoss of(Loss loss, int maxRows) {
        return loss.outputs() == 1 ? new BinaryTileLoss(loss, maxRows) : new SoftmaxTileLoss(loss, maxRows);
    }
}

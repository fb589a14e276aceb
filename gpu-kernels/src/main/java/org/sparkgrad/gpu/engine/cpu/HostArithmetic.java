package org.sparkgrad.gpu.engine.cpu;

import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.loss.GridTileLoss;
import org.sparkgrad.gpu.loss.Loss;
import org.sparkgrad.gpu.loss.TileLoss;
import org.sparkgrad.gpu.loss.TileLosses;

/** Which arithmetic the CPU engine uses, for one model or several. */
final class HostArithmetic {
    private final Loss loss;
    private final int features;
    private final Precision precision;
    private final boolean sparse;
    private final boolean openBlas;
    private final ColumnCopies copies = new ColumnCopies();

    /** @param openBlas whether dense instances go through OpenBLAS */
    HostArithmetic(Loss loss, int features, Precision precision, boolean sparse, boolean openBlas) {
        this.loss = loss;
        this.features = features;
        this.precision = precision;
        this.sparse = sparse;
        this.openBlas = openBlas;
    }

    /** Returns that of one model. */
    BlockSums ofOne() {
        return sums(TileLosses.of(loss, tileRows(loss.outputs())), loss.outputs());
    }

    /** Returns that of M models. */
    GridSums ofGrid(int models) {
        int outputs = models * loss.outputs();
        GridTileLoss losses = new GridTileLoss(loss, models, tileRows(outputs));
        return new WideSums(losses, sums(losses, outputs));
    }

    /** Lets go of the copies that models share. */
    void release() {
        copies.clear();
    }

    private int tileRows(int outputs) {
        if (sparse) {
            return SparseSums.LOSS_ROWS;
        }
        return openBlas ? TileShape.rows(features, outputs, precision.bytes()) : FloatBlockSums.TILE;
    }

    private BlockSums sums(TileLoss losses, int outputs) {
        return switch (precision) {
            case FLOAT ->
                sparse
                        ? new FloatSparseSums(losses, outputs, features, copies)
                        : openBlas
                                ? new OpenBlasFloatSums(losses, outputs, features)
                                : new FloatBlockSums(losses, outputs, features);
            case DOUBLE ->
                sparse
                        ? new DoubleSparseSums(losses, outputs, features, copies)
                        : openBlas
                                ? new OpenBlasDoubleSums(losses, outputs, features)
                                : new DoubleBlockSums(losses, outputs, features);
        };
    }
}

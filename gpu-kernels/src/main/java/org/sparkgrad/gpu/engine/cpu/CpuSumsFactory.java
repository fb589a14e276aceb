package org.sparkgrad.gpu.engine.cpu;

import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.loss.GridTileLoss;
import org.sparkgrad.gpu.loss.Loss;
import org.sparkgrad.gpu.loss.TileLoss;
import org.sparkgrad.gpu.loss.TileLosses;

/** Creates the sums of the CPU engine, for one model or several: which classes, by precision, density and OpenBLAS. */
final class CpuSumsFactory {
    private final Loss loss;
    private final int features;
    private final Precision precision;
    private final boolean sparse;
    private final boolean openBlas;
    private final ColumnRunsCache copies = new ColumnRunsCache();

    /** @param openBlas whether OpenBLAS multiplies dense instances */
    CpuSumsFactory(Loss loss, int features, Precision precision, boolean sparse, boolean openBlas) {
        this.loss = loss;
        this.features = features;
        this.precision = precision;
        this.sparse = sparse;
        this.openBlas = openBlas;
    }

    /** Returns the sums for one model. */
    BlockSums ofOne() {
        return sums(TileLosses.of(loss, tileRows(loss.outputs())), loss.outputs());
    }

    /** Returns the sums for M models. */
    GridSums ofGrid(int models) {
        int outputs = models * loss.outputs();
        GridTileLoss losses = new GridTileLoss(loss, models, tileRows(outputs));
        return new StackedGridSums(losses, sums(losses, outputs));
    }

    /** Drops the copies of blocks that all sums of this factory share. */
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

package org.sparkgrad.gpu.engine.cpu;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.block.BlockSlice;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.FoldMask;
import org.sparkgrad.gpu.block.GradientSum;
import org.sparkgrad.gpu.block.GridModel;
import org.sparkgrad.gpu.block.GridSum;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.block.RowRange;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.cpu.Processor;
import org.sparkgrad.gpu.engine.ArgumentChecks;
import org.sparkgrad.gpu.engine.EngineKind;
import org.sparkgrad.gpu.engine.EngineReport;
import org.sparkgrad.gpu.engine.GradientEngine;
import org.sparkgrad.gpu.engine.gram.GramMatrix;
import org.sparkgrad.gpu.loss.Loss;

/** The common part of the engines on the processor: loops over shards and slices, which {@link BlockSums} sum. */
abstract class HostEngine implements GradientEngine {
    private final EngineKind kind;
    private final Loss loss;
    private final int features;
    private final Precision precision;
    private final BlockSums blockSums;
    private final String instructionSet;
    private List<Shard> shards;
    private @Nullable GridSums gridSums;
    private int gridModels;
    private long launches;
    private boolean closed;

    HostEngine(EngineKind kind, Loss loss, int features, Precision precision, List<Shard> shards, BlockSums blockSums) {
        ArgumentChecks.checkShards(features, shards);
        this.kind = kind;
        this.loss = loss;
        this.features = features;
        this.precision = precision;
        this.shards = List.copyOf(shards);
        this.blockSums = blockSums;
        this.instructionSet = blockSums.instructionSet();
    }

    @Override
    public final List<Shard> shards() {
        return shards;
    }

    @Override
    public final List<GradientSum> sum(Coefficients coefficients, List<RowRange> ranges) {
        checkOpen();
        ArgumentChecks.checkSum(loss, features, shards.size(), coefficients, ranges);
        blockSums.start(coefficients);
        List<GradientSum> sums = new ArrayList<>(shards.size());
        for (int s = 0; s < shards.size(); s++) {
            GradientSum sum = GradientSum.zero(loss.outputs(), features);
            for (BlockSlice slice : BlockSlice.cut(shards.get(s), ranges.get(s))) {
                blockSums.add(slice, sum);
            }
            sums.add(sum);
        }
        launches++;
        return sums;
    }

    @Override
    public final double[] gram(int shard, RowRange range, FoldMask taken, @Nullable Coefficients at) {
        checkOpen();
        ArgumentChecks.checkCurvature(features, at);
        return kind == EngineKind.REFERENCE
                ? GramMatrix.inDoubleLoops(shards.get(shard), range, taken, at)
                : GramMatrix.fastest(shards.get(shard), range, taken, at);
    }

    @Override
    public final List<GridSum> sum(List<GridModel> models, List<RowRange> ranges) {
        checkOpen();
        ArgumentChecks.checkGrid(loss, features, shards.size(), models, ranges);
        GridSums grid = gridOf(models.size());
        grid.start(models);
        List<GridSum> sums = new ArrayList<>(shards.size());
        for (int s = 0; s < shards.size(); s++) {
            sums.add(grid.sum(shards.get(s), ranges.get(s)));
        }
        launches++;
        return sums;
    }

    /** Returns the sums for M models; here one model after the other. */
    GridSums grid(int models) {
        return new SequentialGridSums(blockSums);
    }

    /** Frees what a subclass holds. */
    void release() {}

    private GridSums gridOf(int models) {
        if (gridSums == null || gridModels != models) {
            releaseGrid();
            gridSums = grid(models);
            gridModels = models;
        }
        return gridSums;
    }

    private void releaseGrid() {
        if (gridSums != null) {
            gridSums.release();
            gridSums = null;
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the " + kind + " engine is closed");
        }
    }

    @Override
    public final EngineReport report() {
        return new EngineReport(kind, Processor.here().name(), precision, instructionSet, launches);
    }

    @Override
    public final void close() {
        closed = true;
        releaseGrid();
        blockSums.release();
        release();
        shards = List.of();
    }
}

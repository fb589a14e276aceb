package org.sparkgrad.gpu.engine.cpu;

import java.util.List;
import org.sparkgrad.gpu.block.GridModel;
import org.sparkgrad.gpu.block.GridSum;
import org.sparkgrad.gpu.block.RowRange;
import org.sparkgrad.gpu.block.Shard;

/** Sums for M models on the processor, one shard after the other. Used by one thread. */
interface GridSums {
    /** Sets the M models for the next calls of {@link #sum}. */
    void start(List<GridModel> models);

    /** Returns the sums over a row range of a shard. */
    GridSum sum(Shard shard, RowRange range);

    /** Frees buffers; the object cannot be used any more. */
    default void release() {}
}

package org.sparkgrad.gpu.engine.cpu;

import java.util.List;
import org.sparkgrad.gpu.block.GradientSum;
import org.sparkgrad.gpu.block.GridModel;
import org.sparkgrad.gpu.block.RowRange;
import org.sparkgrad.gpu.block.Shard;

/** The arithmetic of M models on the processor, a shard at a time. Used by one thread. */
interface GridSums {
    /** Takes the M models of the shards to come. */
    void start(List<GridModel> models);

    /** Returns the sums of each model over the rows of a range. */
    List<GradientSum> sum(Shard shard, RowRange range);

    /** Lets go of what was kept between shards. */
    default void release() {}
}

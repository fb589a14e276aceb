package org.sparkgrad.gpu.engine.cpu;

import org.sparkgrad.gpu.block.BlockSlice;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.GradientSum;

/** Sums slices of blocks on the processor. An object holds its own buffers; used by one thread. */
interface BlockSums {
    /** Sets the K x (F + 1) coefficients for the next calls of {@link #add}. */
    void start(Coefficients coefficients);

    /** Adds the sums of one slice to the sums of its shard. */
    void add(BlockSlice slice, GradientSum shardSum);

    /** Returns what executes the arithmetic, for reports. */
    default String instructionSet() {
        return "Java";
    }

    /** Frees buffers; the object cannot be used any more. */
    default void release() {}
}

package org.sparkgrad.gpu.engine.cpu;

import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.GradientSum;
import org.sparkgrad.gpu.block.Piece;

/** The arithmetic inside a block, on the processor. Holds its scratch memory; used by one thread. */
interface BlockSums {
    /** Takes the K x (F + 1) coefficients of the pieces to come. */
    void start(Coefficients coefficients);

    /** Adds the sums of one piece to a shard's. */
    void add(Piece piece, GradientSum shardSum);

    /** Returns what the arithmetic is compiled for. */
    default String instructionSet() {
        return "Java";
    }

    /** Lets go of what was kept between pieces. */
    default void release() {}
}

package org.sparkgrad.gpu.engine;

import java.util.List;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.loss.Loss;

/** Plain Java that the just-in-time compiler can vectorise, in single or double precision. */
public final class CpuEngine extends HostEngine {
    /**
     * @param loss the loss, with K outputs
     * @param features F
     * @param precision the format of the shards' blocks and of the arithmetic inside a block
     * @param shards the shards, all of width F
     * @throws IllegalArgumentException if a block has another width or precision
     */
    public CpuEngine(Loss loss, int features, Precision precision, List<Shard> shards) {
        super(EngineKind.CPU, loss, features, precision, shards, blockSums(loss, features, precision));
        Shapes.checkPrecision(EngineKind.CPU, precision, shards);
    }

    private static BlockSums blockSums(Loss loss, int features, Precision precision) {
        return switch (precision) {
            case FLOAT -> new FloatBlockSums(loss, features);
            case DOUBLE -> new DoubleBlockSums(loss, features);
        };
    }
}

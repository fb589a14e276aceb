package org.sparkgrad.gpu.engine;

import java.util.List;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.loss.Loss;

/**
 * Plain Java, in single or double precision. For dense instances the just-in-time compiler can vectorise it; for sparse
 * ones it keeps a copy by columns of each block that is ever summed whole.
 */
public final class CpuEngine extends HostEngine {
    /**
     * @param loss the loss, with K outputs
     * @param features F
     * @param precision the format of the shards' blocks and of the arithmetic inside a block
     * @param shards the shards, all of width F
     * @throws IllegalArgumentException if a block has another width or precision, or only some are sparse
     */
    public CpuEngine(Loss loss, int features, Precision precision, List<Shard> shards) {
        super(
                EngineKind.CPU,
                loss,
                features,
                precision,
                shards,
                blockSums(loss, features, precision, Shapes.checkKind(shards)));
        Shapes.checkPrecision(EngineKind.CPU, precision, shards);
    }

    private static BlockSums blockSums(Loss loss, int features, Precision precision, boolean sparse) {
        return switch (precision) {
            case FLOAT -> sparse ? new FloatSparseSums(loss, features) : new FloatBlockSums(loss, features);
            case DOUBLE -> sparse ? new DoubleSparseSums(loss, features) : new DoubleBlockSums(loss, features);
        };
    }
}

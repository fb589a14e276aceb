package org.sparkgrad.gpu.engine;

import java.util.List;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.cpu.OpenBlas;
import org.sparkgrad.gpu.loss.Loss;

/**
 * The processor, in single or double precision. Dense instances go through OpenBLAS where it can be loaded, else through
 * plain Java that the just-in-time compiler can vectorise; the report says which. Sparse ones are summed in Java, with a
 * copy by columns of each block that is ever summed whole.
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
        this(loss, features, precision, shards, OpenBlas.description().isPresent());
    }

    /** The same, with or without OpenBLAS. */
    CpuEngine(Loss loss, int features, Precision precision, List<Shard> shards, boolean openBlas) {
        super(
                EngineKind.CPU,
                loss,
                features,
                precision,
                shards,
                Shapes.checkKind(shards)
                        ? sparseSums(loss, features, precision)
                        : openBlas ? openBlasSums(loss, features, precision) : javaSums(loss, features, precision));
        Shapes.checkPrecision(EngineKind.CPU, precision, shards);
    }

    private static BlockSums sparseSums(Loss loss, int features, Precision precision) {
        return switch (precision) {
            case FLOAT -> new FloatSparseSums(loss, features);
            case DOUBLE -> new DoubleSparseSums(loss, features);
        };
    }

    private static BlockSums openBlasSums(Loss loss, int features, Precision precision) {
        return switch (precision) {
            case FLOAT -> new OpenBlasFloatSums(loss, features);
            case DOUBLE -> new OpenBlasDoubleSums(loss, features);
        };
    }

    private static BlockSums javaSums(Loss loss, int features, Precision precision) {
        return switch (precision) {
            case FLOAT -> new FloatBlockSums(loss, features);
            case DOUBLE -> new DoubleBlockSums(loss, features);
        };
    }
}

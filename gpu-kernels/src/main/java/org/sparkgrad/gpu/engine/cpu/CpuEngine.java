package org.sparkgrad.gpu.engine.cpu;

import java.util.List;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.cpu.OpenBlas;
import org.sparkgrad.gpu.engine.EngineKind;
import org.sparkgrad.gpu.engine.Shapes;
import org.sparkgrad.gpu.loss.Loss;

/**
 * The processor, in single or double precision. Dense instances go through OpenBLAS where it can be loaded, else through
 * plain Java that the just-in-time compiler can vectorise; the report says which. Sparse ones are summed in Java, with a
 * copy by columns of each block that is ever summed whole.
 */
public final class CpuEngine extends HostEngine {
    private final HostArithmetic arithmetic;

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

    /** The same with OpenBLAS, which must be there, or without. */
    public CpuEngine(Loss loss, int features, Precision precision, List<Shard> shards, boolean openBlas) {
        this(
                loss,
                features,
                precision,
                shards,
                new HostArithmetic(loss, features, precision, Shapes.checkKind(shards), openBlas));
        Shapes.checkPrecision(EngineKind.CPU, precision, shards);
    }

    private CpuEngine(Loss loss, int features, Precision precision, List<Shard> shards, HostArithmetic arithmetic) {
        super(EngineKind.CPU, loss, features, precision, shards, arithmetic.ofOne());
        this.arithmetic = arithmetic;
    }

    @Override
    GridSums grid(int models) {
        return arithmetic.ofGrid(models);
    }

    @Override
    void release() {
        arithmetic.release();
    }
}

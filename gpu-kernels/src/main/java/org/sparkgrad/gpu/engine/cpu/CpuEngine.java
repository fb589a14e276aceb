package org.sparkgrad.gpu.engine.cpu;

import java.util.List;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.cpu.OpenBlas;
import org.sparkgrad.gpu.engine.ArgumentChecks;
import org.sparkgrad.gpu.engine.EngineKind;
import org.sparkgrad.gpu.loss.Loss;

/**
 * The engine on the processor, in single or double precision. OpenBLAS multiplies dense instances where it can be loaded,
 * else plain Java in loops that the just-in-time compiler turns into vector instructions; the report names which. Java sums
 * sparse instances, and keeps a copy by columns of each block that was once summed whole.
 */
public final class CpuEngine extends HostEngine {
    private final CpuSumsFactory arithmetic;

    /**
     * @param loss the loss, with K outputs
     * @param features F
     * @param precision the format of the shards' blocks and of the products
     * @param shards the shards, all of width F
     * @throws IllegalArgumentException if a block has another width or precision, or only some are sparse
     */
    public CpuEngine(Loss loss, int features, Precision precision, List<Shard> shards) {
        this(loss, features, precision, shards, OpenBlas.description().isPresent());
    }

    /** The same, with OpenBLAS, which must be loaded, or without it. */
    public CpuEngine(Loss loss, int features, Precision precision, List<Shard> shards, boolean openBlas) {
        this(
                loss,
                features,
                precision,
                shards,
                new CpuSumsFactory(loss, features, precision, ArgumentChecks.checkKind(shards), openBlas));
        ArgumentChecks.checkPrecision(EngineKind.CPU, precision, shards);
    }

    private CpuEngine(Loss loss, int features, Precision precision, List<Shard> shards, CpuSumsFactory arithmetic) {
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

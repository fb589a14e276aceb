package org.sparkgrad.gpu.engine.cpu;

import java.util.List;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.engine.EngineKind;
import org.sparkgrad.gpu.engine.GradientEngine;
import org.sparkgrad.gpu.loss.Loss;

/** Engines in single precision that only benchmarks compare with the CPU engine. */
public final class ProcessorEngines {
    private ProcessorEngines() {}

    /** Opens an engine that computes each row's loss by its definition. */
    public static GradientEngine exact(Loss loss, int features, List<Shard> shards) {
        return open(loss, features, shards, new FloatBlockSums(new RowLoss(loss), loss.outputs(), features));
    }

    /** Opens an engine that reads sparse instances row by row alone. */
    public static GradientEngine rowWise(Loss loss, int features, List<Shard> shards) {
        return open(loss, features, shards, new RowWiseSums(loss, features));
    }

    private static GradientEngine open(Loss loss, int features, List<Shard> shards, BlockSums sums) {
        return new HostEngine(EngineKind.CPU, loss, features, Precision.FLOAT, shards, sums) {};
    }
}

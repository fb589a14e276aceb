package org.sparkgrad.gpu.engine.cpu;

import java.util.List;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.engine.EngineKind;
import org.sparkgrad.gpu.loss.Loss;

/** The engine that checks the others: plain loops in double over blocks of either precision, slow and easy to verify. */
public final class ReferenceEngine extends HostEngine {
    /**
     * @param loss the loss, with K outputs
     * @param features F
     * @param shards the shards, all of width F
     */
    public ReferenceEngine(Loss loss, int features, List<Shard> shards) {
        super(EngineKind.REFERENCE, loss, features, Precision.DOUBLE, shards, new ReferenceSums(loss));
    }
}

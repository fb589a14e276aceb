package org.sparkgrad.gpu.engine.cpu;

import java.util.List;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.engine.EngineKind;
import org.sparkgrad.gpu.loss.Loss;

/** Plain loops in double precision over blocks of either precision: slow, and right by inspection. */
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

package org.sparkgrad.gpu;

import java.util.List;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.engine.EngineSpec;
import org.sparkgrad.gpu.engine.GradientEngine;
import org.sparkgrad.gpu.engine.cpu.CpuEngine;
import org.sparkgrad.gpu.engine.cpu.ReferenceEngine;
import org.sparkgrad.gpu.engine.opencl.OpenClEngine;
import org.sparkgrad.gpu.loss.Loss;

/** Opens engines. This is the only class that knows all of them. */
public final class GradientEngines {
    private GradientEngines() {}

    /**
     * Opens the engine that a spec names over shards; never another one.
     *
     * @param spec the engine
     * @param loss the loss, with K outputs
     * @param features F
     * @param shards the shards, all of width F, all dense or all sparse, and, but for the reference engine, of the
     *     spec's precision
     * @throws org.sparkgrad.gpu.device.DeviceException if there is no such device or it cannot hold the shards
     */
    public static GradientEngine open(EngineSpec spec, Loss loss, int features, List<Shard> shards) {
        return switch (spec.kind()) {
            case REFERENCE -> new ReferenceEngine(loss, features, shards);
            case CPU -> new CpuEngine(loss, features, spec.precision(), shards);
            case OPENCL -> new OpenClEngine(spec, loss, features, shards);
        };
    }
}

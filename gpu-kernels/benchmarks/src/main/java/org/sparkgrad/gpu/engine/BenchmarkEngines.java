package org.sparkgrad.gpu.engine;

import java.util.List;
import org.sparkgrad.gpu.GradientEngines;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.engine.cpu.CpuEngine;
import org.sparkgrad.gpu.engine.cpu.ProcessorEngines;
import org.sparkgrad.gpu.engine.cpu.ReferenceEngine;
import org.sparkgrad.gpu.loss.Loss;

/** Opens the engines that benchmarks compare, among them what users cannot ask for. */
public final class BenchmarkEngines {
    private BenchmarkEngines() {}

    /** Opens an engine in single precision by its name, or says that there is no such one. */
    public static GradientEngine open(String name, Loss loss, int features, List<Shard> shards) {
        return switch (name) {
            case "cpu" -> new CpuEngine(loss, features, Precision.FLOAT, shards);
            case "cpu-java" -> new CpuEngine(loss, features, Precision.FLOAT, shards, false);
            case "cpu-exact" -> ProcessorEngines.exact(loss, features, shards);
            case "row-wise" -> ProcessorEngines.rowWise(loss, features, shards);
            case "reference" -> new ReferenceEngine(loss, features, shards);
            case "opencl" ->
                GradientEngines.open(new EngineSpec(EngineKind.OPENCL, Precision.FLOAT, 0), loss, features, shards);
            case "opencl-aparapi" ->
                GradientEngines.open(
                        new EngineSpec(
                                EngineKind.OPENCL,
                                Precision.FLOAT,
                                0,
                                EngineSpec.DEVICE_MEMORY_FRACTION,
                                OpenClRuntime.APARAPI),
                        loss,
                        features,
                        shards);
            default -> throw new IllegalArgumentException("no engine \"" + name + "\"");
        };
    }
}

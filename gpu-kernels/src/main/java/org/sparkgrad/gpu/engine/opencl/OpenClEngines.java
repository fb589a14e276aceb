package org.sparkgrad.gpu.engine.opencl;

import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.engine.EngineSpec;
import org.sparkgrad.gpu.engine.GradientEngine;
import org.sparkgrad.gpu.loss.Loss;

/** Opens each OpenCL engine in the class loader of its device, so that several devices of a JVM run at the same time. */
public final class OpenClEngines {
    private static final Map<Integer, DeviceClassLoader> LOADERS = new ConcurrentHashMap<>();

    private OpenClEngines() {}

    /** Opens an engine; parameters and errors are those of {@link OpenClEngine#OpenClEngine(EngineSpec, Loss, int, List)}. */
    public static GradientEngine open(EngineSpec spec, Loss loss, int features, List<Shard> shards) {
        ClassLoader parent = OpenClEngine.class.getClassLoader();
        ClassLoader loader = LOADERS.computeIfAbsent(spec.address(), address -> new DeviceClassLoader(parent));
        try {
            return (GradientEngine) loader.loadClass(OpenClEngine.class.getName())
                    .getConstructor(EngineSpec.class, Loss.class, int.class, List.class)
                    .newInstance(spec, loss, features, shards);
        } catch (InvocationTargetException failure) {
            if (failure.getCause() instanceof Error error) {
                throw error;
            }
            if (failure.getCause() instanceof RuntimeException exception) {
                throw exception;
            }
            throw new LinkageError("the OpenCL engine failed in its class loader", failure);
        } catch (ReflectiveOperationException failure) {
            throw new LinkageError("the OpenCL engine cannot be loaded for its device", failure);
        }
    }
}

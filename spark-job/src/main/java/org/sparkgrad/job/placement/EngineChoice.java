package org.sparkgrad.job.placement;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.device.GpuDevice;
import org.sparkgrad.gpu.device.GpuDevices;
import org.sparkgrad.gpu.engine.EngineKind;
import org.sparkgrad.gpu.engine.EngineSpec;
import org.sparkgrad.gpu.engine.OpenClRuntime;

/**
 * The engine of a run, and the reason for its choice.
 *
 * @param kind the engine
 * @param precision the number format of the engine
 * @param reason the reason in a few words
 * @param devices the OpenCL addresses for workers to which Spark assigns none; empty means all devices of the best type
 * @param deviceMemoryFraction the fraction of an OpenCL device's memory to use
 * @param openClRuntime what runs kernels on OpenCL devices
 */
public record EngineChoice(
        EngineKind kind,
        Precision precision,
        String reason,
        List<Integer> devices,
        double deviceMemoryFraction,
        OpenClRuntime openClRuntime)
        implements Serializable {
    /** Creates a choice with the default fraction of device memory and runtime. */
    public EngineChoice(EngineKind kind, Precision precision, String reason, List<Integer> devices) {
        this(kind, precision, reason, devices, EngineSpec.DEVICE_MEMORY_FRACTION, OpenClRuntime.DIRECT);
    }

    /** Returns the engine and the reason in one line. */
    public String text() {
        return "engine %s: %s".formatted(name(), reason);
    }

    /** Returns the specification of the engine on a device. */
    public EngineSpec spec(int address) {
        return new EngineSpec(kind, precision, address, deviceMemoryFraction, openClRuntime);
    }

    /**
     * Returns the address for a task: the address from Spark, else a listed address or a device of the best type, in
     * turn.
     */
    public int address(TaskContext task) {
        var gpu = task.resourcesJMap().get("gpu");
        if (gpu != null) {
            return Integer.parseInt(gpu.addresses()[0]);
        }
        List<Integer> addresses = addresses();
        return addresses.get(task.partitionId() % addresses.size());
    }

    /** Returns the listed addresses, else those of all devices of the best type; 0 if there is no device. */
    List<Integer> addresses() {
        if (!devices.isEmpty()) {
            return devices;
        }
        List<GpuDevice.Type> types = GpuDevices.types();
        long count = types.stream().filter(type -> type == types.get(0)).count();
        return IntStream.range(0, (int) Math.max(1, count)).boxed().toList();
    }

    /** Returns the name of the engine in options and summaries. */
    public String name() {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}

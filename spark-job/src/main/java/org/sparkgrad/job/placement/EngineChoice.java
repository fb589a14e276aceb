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

/**
 * The engine of a run, and why it.
 *
 * @param kind the engine
 * @param precision its number format
 * @param reason why it was taken, in a few words
 * @param devices the OpenCL addresses for workers to which Spark gives none; empty is all devices of the best type
 * @param deviceMemoryFraction how much of an OpenCL device's memory to fill
 */
public record EngineChoice(
        EngineKind kind, Precision precision, String reason, List<Integer> devices, double deviceMemoryFraction)
        implements Serializable {
    /** Fills the usual part of a device's memory. */
    public EngineChoice(EngineKind kind, Precision precision, String reason, List<Integer> devices) {
        this(kind, precision, reason, devices, EngineSpec.DEVICE_MEMORY_FRACTION);
    }

    /** Returns the engine and why it was taken, in a line. */
    public String text() {
        return "engine %s: %s".formatted(name(), reason);
    }

    /** Returns what to open on a device. */
    public EngineSpec spec(int address) {
        return new EngineSpec(kind, precision, address, deviceMemoryFraction);
    }

    /** Returns the address for a task: the one Spark gave it, else one of the listed or of the best type, in turn. */
    public int address(TaskContext task) {
        var gpu = task.resourcesJMap().get("gpu");
        if (gpu != null) {
            return Integer.parseInt(gpu.addresses()[0]);
        }
        List<Integer> addresses = addresses();
        return addresses.get(task.partitionId() % addresses.size());
    }

    /** Returns the listed addresses, else those of all devices of the type that comes first; 0 where there is none. */
    List<Integer> addresses() {
        if (!devices.isEmpty()) {
            return devices;
        }
        List<GpuDevice.Type> types = GpuDevices.types();
        long count = types.stream().filter(type -> type == types.get(0)).count();
        return IntStream.range(0, (int) Math.max(1, count)).boxed().toList();
    }

    /** Returns the engine's name in options and summaries. */
    public String name() {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}

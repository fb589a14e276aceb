package org.sparkgrad.job.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.sparkgrad.gpu.device.GpuDevice;
import org.sparkgrad.job.placement.ExecutorDevices;

/**
 * Formats the answer of the devices command: the devices of each process, the problems, and the engine that auto
 * chooses.
 */
public final class DevicesText {
    private static final double GIB = 1L << 30;

    private DevicesText() {}

    /** Returns the answer as JSON. */
    public static String json(List<ExecutorDevices> asked) {
        return SummaryJson.text(new DevicesAnswer(ExecutorDevices.haveGpus(asked) ? "opencl" : "cpu", asked));
    }

    /** Returns the answer as text, with a line break at the end. */
    public static String text(List<ExecutorDevices> asked) {
        List<String> lines = new ArrayList<>();
        for (ExecutorDevices one : asked) {
            if (asked.size() > 1) {
                lines.add("executor %s on %s".formatted(one.executor(), one.host()));
            }
            if (one.devices().isEmpty()) {
                lines.add("no OpenCL device");
            } else {
                lines.addAll(table(one.devices()));
            }
            lines.addAll(one.problems());
            lines.add("");
        }
        boolean device = asked.stream().noneMatch(one -> one.devices().isEmpty());
        lines.add(
                ExecutorDevices.haveGpus(asked)
                        ? "--engine auto takes opencl: there is a GPU"
                        : "--engine auto takes cpu: there is no GPU"
                                + (device ? " (--engine opencl would use device 0)" : ""));
        return String.join("\n", lines) + "\n";
    }

    private static List<String> table(List<GpuDevice> devices) {
        TextTable table = new TextTable("address", "type", "memory", "units", "double", "name");
        devices.forEach(device -> table.row(
                Integer.toString(device.address()),
                device.type().name().toLowerCase(Locale.ROOT),
                String.format(Locale.ROOT, "%.1f GiB", device.globalMemory() / GIB),
                Integer.toString(device.computeUnits()),
                device.fp64() ? "yes" : "no",
                device.name() + ", " + device.vendor()));
        return table.lines();
    }
}

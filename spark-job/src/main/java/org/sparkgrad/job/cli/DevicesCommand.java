package org.sparkgrad.job.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import org.sparkgrad.gpu.device.GpuDevice;
import org.sparkgrad.gpu.device.GpuDevices;
import org.sparkgrad.job.config.CommandLine;
import org.sparkgrad.job.config.GeneralKeys;
import org.sparkgrad.job.config.KeyTable;

/** Lists what this machine could compute on. */
final class DevicesCommand implements Command {
    private static final String LINE = "%-7s  %-11s  %10s  %5s  %-6s  %s";

    @Override
    public String name() {
        return "devices";
    }

    @Override
    public String summary() {
        return "Lists the OpenCL devices of this machine and what --engine auto would take.";
    }

    @Override
    public String example() {
        return "sparkgrad devices";
    }

    @Override
    public KeyTable options() {
        return GeneralKeys.TABLE;
    }

    @Override
    public void run(List<String> arguments, PrintStream out, PrintStream err) {
        CommandLine.read(options(), arguments);
        List<GpuDevice> devices = GpuDevices.list();
        if (devices.isEmpty()) {
            out.println("no OpenCL device: " + GpuDevices.problem().orElse("the machine has none"));
        } else {
            out.println(LINE.formatted("address", "type", "memory", "units", "double", "name"));
            devices.forEach(device -> out.println(line(device)));
        }
        boolean gpu = devices.stream().anyMatch(device -> device.type() == GpuDevice.Type.GPU);
        out.println(
                gpu
                        ? "--engine auto takes opencl: there is a GPU"
                        : "--engine auto takes cpu: there is no GPU"
                                + (devices.isEmpty() ? "" : " (--engine opencl would use device 0)"));
    }

    private static String line(GpuDevice device) {
        return LINE.formatted(
                device.address(),
                device.type().name().toLowerCase(Locale.ROOT),
                String.format(Locale.ROOT, "%.1f GiB", device.globalMemory() / (double) (1L << 30)),
                device.computeUnits(),
                device.fp64() ? "yes" : "no",
                device.name() + ", " + device.vendor());
    }
}

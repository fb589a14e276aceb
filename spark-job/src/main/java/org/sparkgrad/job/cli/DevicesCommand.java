package org.sparkgrad.job.cli;

import java.io.PrintStream;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparkgrad.job.config.CommandLine;
import org.sparkgrad.job.config.DevicesKeys;
import org.sparkgrad.job.config.KeyTable;
import org.sparkgrad.job.config.ParsedValues;
import org.sparkgrad.job.placement.ExecutorDevices;
import org.sparkgrad.job.report.DevicesText;

/** Lists the devices of this machine for computing. */
final class DevicesCommand implements Command {
    @Override
    public String name() {
        return "devices";
    }

    @Override
    public String summary() {
        return "Lists the OpenCL devices, what is missing, and what --engine auto would take.";
    }

    @Override
    public String example() {
        return "sparkgrad devices [--cluster] [--json]";
    }

    @Override
    public KeyTable options() {
        return DevicesKeys.TABLE;
    }

    @Override
    public void run(List<String> arguments, PrintStream out, PrintStream err) {
        ParsedValues values = CommandLine.read(options(), arguments);
        List<ExecutorDevices> asked =
                values.get(DevicesKeys.CLUSTER) ? ofCluster() : List.of(ExecutorDevices.here("driver", "localhost"));
        out.print(values.get(DevicesKeys.JSON) ? DevicesText.json(asked) : DevicesText.text(asked));
    }

    private List<ExecutorDevices> ofCluster() {
        try (Sessions session = Sessions.start(name())) {
            return ExecutorDevices.ofCluster(
                    JavaSparkContext.fromSparkContext(session.spark().sparkContext()));
        }
    }
}

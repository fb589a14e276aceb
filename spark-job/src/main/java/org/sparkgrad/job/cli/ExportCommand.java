package org.sparkgrad.job.cli;

import java.io.PrintStream;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.sparkgrad.job.ModelExport;
import org.sparkgrad.job.config.ExportKeys;
import org.sparkgrad.job.config.KeyTable;

/** Writes a model in a format of others. */
final class ExportCommand implements Command {
    @Override
    public String name() {
        return "export";
    }

    @Override
    public String summary() {
        return "Writes the model of a training run in another format.";
    }

    @Override
    public String example() {
        return "sparkgrad export --model OUTPUT --format onnx --output FILE";
    }

    @Override
    public KeyTable options() {
        return ExportKeys.COMMAND_LINE;
    }

    @Override
    public void run(List<String> arguments, PrintStream out, PrintStream err) {
        ExportKeys.Export export = ExportKeys.read(arguments);
        ModelExport.run(SparkHadoopUtil.get().newConfiguration(new SparkConf()), export);
        out.println(export.output().output());
    }
}

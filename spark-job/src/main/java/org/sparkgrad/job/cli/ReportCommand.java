package org.sparkgrad.job.cli;

import java.io.PrintStream;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.sparkgrad.job.config.KeyTable;
import org.sparkgrad.job.config.ReportKeys;
import org.sparkgrad.job.report.RunReport;

/** Creates the report page of a run again. */
final class ReportCommand implements Command {
    @Override
    public String name() {
        return "report";
    }

    @Override
    public String summary() {
        return "Makes report.html of a training run again.";
    }

    @Override
    public String example() {
        return "sparkgrad report OUTPUT";
    }

    @Override
    public KeyTable options() {
        return ReportKeys.COMMAND_LINE;
    }

    @Override
    public void run(List<String> arguments, PrintStream out, PrintStream err) {
        String output = ReportKeys.output(arguments);
        out.println(RunReport.remake(SparkHadoopUtil.get().newConfiguration(new SparkConf()), output));
    }
}

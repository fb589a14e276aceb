package org.sparkgrad.job.cli;

import java.io.PrintStream;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.sparkgrad.job.config.CommandLine;
import org.sparkgrad.job.config.GenerateKeys;
import org.sparkgrad.job.config.KeyTable;
import org.sparkgrad.job.config.Values;
import org.sparkgrad.job.generate.Pets;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.JobException;

/** Makes data to try things on. */
final class GenerateCommand implements Command {
    @Override
    public String name() {
        return "generate";
    }

    @Override
    public String summary() {
        return "Writes a table of made-up data: pets, the cats and dogs of the tutorials.";
    }

    @Override
    public String example() {
        return "sparkgrad generate --kind pets --rows 20000 --output out/pets";
    }

    @Override
    public KeyTable options() {
        return GenerateKeys.TABLE;
    }

    @Override
    public void run(List<String> arguments, PrintStream out, PrintStream err) {
        Values values = CommandLine.read(options(), arguments);
        String output = values.find(GenerateKeys.OUTPUT_FOLDER);
        if (output == null) {
            throw new JobException(ExitCode.USAGE, "--output: the folder to write is missing (command line)");
        }
        int rows = values.get(GenerateKeys.ROWS);
        try (SparkSession spark = Sessions.start(name())) {
            switch (values.get(GenerateKeys.KIND)) {
                case PETS ->
                    Pets.write(spark, rows, values.get(GenerateKeys.SEED), output, values.get(GenerateKeys.OVERWRITE));
            }
        }
        out.printf("%d rows in %s%n", rows, output);
    }
}

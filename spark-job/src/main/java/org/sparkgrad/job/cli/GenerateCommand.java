package org.sparkgrad.job.cli;

import java.io.PrintStream;
import java.util.List;
import org.sparkgrad.job.config.GenerateConfiguration;
import org.sparkgrad.job.config.GenerateKeys;
import org.sparkgrad.job.config.GenerateSettings;
import org.sparkgrad.job.config.KeyTable;
import org.sparkgrad.job.generate.Instances;
import org.sparkgrad.job.generate.Pets;

/** Generates data for trials. */
final class GenerateCommand implements Command {
    @Override
    public String name() {
        return "generate";
    }

    @Override
    public String summary() {
        return "Writes a table of made-up data: pets, dense or sparse, of any size.";
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
        GenerateSettings settings = GenerateConfiguration.read(arguments);
        try (Sessions session = Sessions.start(name())) {
            switch (settings.kind()) {
                case PETS ->
                    Pets.write(
                            session.spark(), settings.rows(), settings.seed(), settings.output(), settings.overwrite());
                case DENSE, SPARSE -> Instances.write(session.spark(), settings);
            }
        }
        out.printf("%d rows in %s%n", settings.rows(), settings.output());
    }
}

package org.sparkgrad.job.cli;

import java.io.PrintStream;
import java.util.List;
import org.sparkgrad.job.config.GeneralKeys;
import org.sparkgrad.job.config.Suggestion;
import org.sparkgrad.job.optimize.DriverAlgebra;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.JobException;
import org.sparkgrad.job.problem.Problem;

/** The entry of spark-submit: {@code COMMAND [options]}. */
public final class Main {
    /** All commands, in the order of the help. */
    static final List<Command> COMMANDS = List.of(
            new TrainCommand(),
            new EvaluateCommand(),
            new PredictCommand(),
            new ExportCommand(),
            new ReportCommand(),
            new ScheduledCommand(),
            new ModelsCommand(),
            new GenerateCommand(),
            new DevicesCommand());

    private static final List<String> HELP = List.of("help", "--help", "-h");

    private Main() {}

    /** Runs a command and exits with its code. */
    public static void main(String[] arguments) {
        DriverAlgebra.pin();
        ExitCode code = run(List.of(arguments), System.out, LogStream.standardError());
        System.out.flush();
        System.err.flush();
        System.exit(code.status());
    }

    /** Runs a command. An error becomes a few lines on {@code err} and an exit code. */
    static ExitCode run(List<String> arguments, PrintStream out, PrintStream err) {
        try {
            dispatch(arguments, out, err);
            return ExitCode.OK;
        } catch (Throwable failure) { // Spark throws checked exceptions that no signature declares
            Problem problem = Problem.of(failure);
            err.println(LogStream.ERROR + problem.message().replace("\n", "\n  "));
            if (arguments.contains(GeneralKeys.VERBOSE.option())) {
                failure.printStackTrace(err);
            }
            return problem.exitCode();
        }
    }

    private static void dispatch(List<String> arguments, PrintStream out, PrintStream err) {
        if (arguments.isEmpty()) {
            out.print(HelpText.of(COMMANDS));
            return;
        }
        String name = arguments.get(0);
        List<String> options = arguments.subList(1, arguments.size());
        if (HELP.contains(name)) {
            out.print(options.isEmpty() ? HelpText.of(COMMANDS) : HelpText.of(find(options.get(0))));
            return;
        }
        Command command = find(name);
        if (options.stream().anyMatch(HELP.subList(1, HELP.size())::contains)) {
            out.print(HelpText.of(command));
        } else {
            command.run(options, out, err);
        }
    }

    private static Command find(String name) {
        return COMMANDS.stream()
                .filter(command -> command.name().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown(name));
    }

    private static JobException unknown(String name) {
        List<String> names = COMMANDS.stream().map(Command::name).toList();
        return new JobException(
                ExitCode.USAGE,
                "%s: unknown command%s (there are %s; --help says more)"
                        .formatted(name, Suggestion.sentence(name, names), String.join(", ", names)));
    }
}

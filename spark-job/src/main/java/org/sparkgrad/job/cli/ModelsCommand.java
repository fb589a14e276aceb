package org.sparkgrad.job.cli;

import java.io.PrintStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.config.CommandLine;
import org.sparkgrad.job.config.KeyTable;
import org.sparkgrad.job.config.ModelsKeys;
import org.sparkgrad.job.config.ParsedValues;
import org.sparkgrad.job.config.Suggestion;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.JobException;
import org.sparkgrad.job.registry.ModelRegistry;
import org.sparkgrad.job.registry.RegisteredModel;
import org.sparkgrad.job.registry.RegistryText;

/** Shows the content of a registry, and changes the promoted version. */
final class ModelsCommand implements Command {
    private static final List<String> ACTIONS = List.of("list", "show", "promote", "rollback");

    @Override
    public String name() {
        return "models";
    }

    @Override
    public String summary() {
        return "Lists the models of a registry, shows one's versions and runs, promotes a version or goes one back.";
    }

    @Override
    public String example() {
        return "sparkgrad models list|show|promote|rollback --registry FOLDER [options]";
    }

    @Override
    public KeyTable options() {
        return ModelsKeys.TABLE;
    }

    @Override
    public void run(List<String> arguments, PrintStream out, PrintStream err) {
        String action = arguments.isEmpty() ? "" : arguments.get(0);
        if (!ACTIONS.contains(action)) {
            throw new JobException(
                    ExitCode.USAGE,
                    "models %s: say what to do first%s (there are %s)"
                            .formatted(action, Suggestion.sentence(action, ACTIONS), String.join(", ", ACTIONS)));
        }
        ParsedValues values = CommandLine.read(options(), arguments.subList(1, arguments.size()));
        ModelRegistry registry =
                ModelRegistry.open(Sessions.hadoop(), required(values.find(ModelsKeys.REGISTRY_FOLDER)));
        boolean json = values.get(ModelsKeys.JSON);
        if (action.equals("list")) {
            out.print(json ? RegistryText.listJson(registry) : RegistryText.list(registry));
            return;
        }
        RegisteredModel model = registry.existing(values.find(ModelsKeys.NAME));
        switch (action) {
            case "promote" -> {
                Integer version = values.find(ModelsKeys.VERSION);
                if (version == null) {
                    throw new JobException(ExitCode.USAGE, "--version: missing; name the version to promote");
                }
                model.promote(version);
                err.println("promoted version %d of %s".formatted(version, model.name()));
            }
            case "rollback" -> err.println("rolled back to version %d of %s".formatted(model.rollback(), model.name()));
            default -> {}
        }
        out.print(json ? RegistryText.showJson(model) : RegistryText.show(model));
    }

    private static String required(@Nullable String registry) {
        if (registry == null) {
            throw new JobException(ExitCode.USAGE, "--registry: missing; name the folder of the registry");
        }
        return registry;
    }
}

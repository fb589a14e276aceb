package org.sparkgrad.job.registry;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.files.Json;
import org.sparkgrad.job.report.TextTable;

/** Describes the content of a registry, as text and as JSON. */
public final class RegistryText {
    private static final int LATEST_RUNS = 10;

    private RegistryText() {}

    /** One model in a list. */
    private record Listed(
            String name,
            @Nullable Integer promoted,
            int versions,
            @Nullable RunRecord lastRun) {}

    /** One model with details. */
    private record Shown(
            String name,

            @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable
            Integer promoted,

            @Nullable String path,
            List<ModelVersion> versions,
            List<Promotion> promotions,
            List<RunRecord> runs) {}

    /** Returns a line for each model. */
    public static String list(ModelRegistry registry) {
        TextTable table = new TextTable("model", "promoted", "versions", "last run", "ended");
        for (Listed model : listed(registry)) {
            RunRecord run = model.lastRun();
            table.row(
                    model.name(),
                    model.promoted() == null ? "none" : model.promoted().toString(),
                    Integer.toString(model.versions()),
                    run == null ? "" : run.runId(),
                    run == null ? "" : run.status().text());
        }
        return lines(table);
    }

    /** Returns the models as JSON: {@code [{name, promoted, versions, lastRun}]}. */
    public static String listJson(ModelRegistry registry) {
        return Json.text(listed(registry));
    }

    private static List<Listed> listed(ModelRegistry registry) {
        return registry.names().stream()
                .map(registry::model)
                .map(model -> {
                    List<RunRecord> runs = model.runs();
                    return new Listed(
                            model.name(),
                            model.promoted().map(Promotion::version).orElse(null),
                            model.versions().size(),
                            runs.isEmpty() ? null : runs.get(runs.size() - 1));
                })
                .toList();
    }

    /** Returns the versions and the latest runs of a model. */
    public static String show(RegisteredModel model) {
        TextTable versions = new TextTable("version", "run", "status", "objective", "log loss", "AUC");
        for (ModelVersion version : model.versions()) {
            var metrics = version.metrics().path(version.metrics().has("test") ? "test" : "validation");
            versions.row(
                    Integer.toString(version.version()),
                    version.runId(),
                    version.status().text(),
                    number(version.objective()),
                    metrics.has("logLoss") ? number(metrics.path("logLoss").asDouble()) : "",
                    metrics.has("areaUnderROC")
                            ? number(metrics.path("areaUnderROC").asDouble())
                            : "");
        }
        List<RunRecord> all = model.runs();
        TextTable runs = new TextTable(
                "run", "ended", "exit code", "version", "compared with", "its accuracy", "its log loss", "its AUC");
        List<String> reasons = new ArrayList<>();
        for (RunRecord run : all.subList(Math.max(0, all.size() - LATEST_RUNS), all.size())) {
            NightScore night = run.incumbent();
            runs.row(
                    run.runId(),
                    run.status().text(),
                    run.exitCode() == null ? "" : run.exitCode().toString(),
                    run.version() == null ? "" : run.version().toString(),
                    run.parent() == null ? "" : run.parent().toString(),
                    night == null ? "" : number(night.accuracy()),
                    night == null ? "" : number(night.logLoss()),
                    night == null || night.areaUnderROC() == null ? "" : number(night.areaUnderROC()));
            List<String> said = new ArrayList<>(run.reasons());
            run.warnings().forEach(warning -> said.add("warning: " + warning));
            reasons.add(said.isEmpty() ? "" : "  " + String.join("; ", said));
        }
        List<String> lines = runs.lines();
        String promoted = model.promoted()
                .map(now -> "version %d is promoted: %s".formatted(now.version(), model.folder(now.version())))
                .orElse("no version is promoted");
        return "%s: %s%n%n".formatted(model.name(), promoted) + lines(versions) + "\n" + lines.get(0) + "\n"
                + IntStream.range(0, reasons.size())
                        .mapToObj(run -> lines.get(run + 1) + reasons.get(run) + "\n")
                        .reduce("", String::concat);
    }

    /** Returns a model as JSON: {@code {name, promoted, path, versions, promotions, runs}}. */
    public static String showJson(RegisteredModel model) {
        Optional<Integer> promoted = model.promoted().map(Promotion::version);
        return Json.text(new Shown(
                model.name(),
                promoted.orElse(null),
                promoted.map(version -> model.folder(version).toString()).orElse(null),
                model.versions(),
                model.history(),
                model.runs()));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.6f", value);
    }

    private static String lines(TextTable table) {
        return String.join("\n", table.lines()) + "\n";
    }
}

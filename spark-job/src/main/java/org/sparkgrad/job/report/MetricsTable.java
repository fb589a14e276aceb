package org.sparkgrad.job.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.evaluate.Metrics;

/** Formats the text that training and evaluation print at their end: the quality of the predictions. */
public final class MetricsTable {
    /** With more classes than this, a confusion matrix fits no screen. */
    private static final int MOST_CLASSES = 20;

    private MetricsTable() {}

    /**
     * Returns the text, with a line break at the end.
     *
     * @param summary the summary of the run
     * @param output the folder of the result
     */
    public static String text(TrainingSummary summary, String output) {
        List<String> lines = new ArrayList<>();
        lines.add(stopped(summary));
        lines.add("");
        lines.addAll(metrics(summary.metrics()));
        Shown shown = mostTelling(summary.metrics());
        if (shown != null && shown.metrics().perClass().size() <= MOST_CLASSES) {
            lines.add("");
            lines.add("confusion matrix of the %s data (rows: actual, columns: predicted)".formatted(shown.set()));
            lines.addAll(confusionMatrix(shown.metrics()));
        }
        lines.add("");
        lines.add("model: %s/model".formatted(output));
        return String.join("\n", lines) + "\n";
    }

    /**
     * Returns the text of one set of rows, with a line break at the end.
     *
     * @param set the name of the set
     * @param metrics the metrics of the model on the set
     */
    public static String text(String set, Metrics metrics) {
        TextTable table = head();
        add(table, set, metrics);
        List<String> lines = new ArrayList<>(table.lines());
        if (metrics.perClass().size() <= MOST_CLASSES) {
            lines.add("");
            lines.add("confusion matrix (rows: actual, columns: predicted)");
            lines.addAll(confusionMatrix(metrics));
        }
        return String.join("\n", lines) + "\n";
    }

    /** One set of rows. */
    private record Shown(String set, Metrics metrics) {}

    /**
     * Returns the test rows, else the validation rows. The matrix of the training rows may be perfect and mean nothing.
     */
    private static @Nullable Shown mostTelling(TrainingSummary.MetricsBySet metrics) {
        if (metrics.test() != null) {
            return new Shown("test", metrics.test());
        }
        if (metrics.validation() != null) {
            return new Shown("validation", metrics.validation());
        }
        return metrics.train() == null ? null : new Shown("training", metrics.train());
    }

    private static TextTable head() {
        return new TextTable("", "accuracy", "log loss", "area under ROC", "area under PR");
    }

    private static String stopped(TrainingSummary summary) {
        return String.format(
                Locale.ROOT,
                "%s after %d steps: objective %.6g, training %s of %s in all, on %s",
                summary.convergenceReason(),
                summary.steps(),
                summary.objective(),
                ProgressText.duration(summary.seconds().train()),
                ProgressText.duration(summary.seconds().total()),
                summary.engine().device());
    }

    private static List<String> metrics(TrainingSummary.MetricsBySet metrics) {
        TextTable table = head();
        add(table, "train", metrics.train());
        add(table, "validation", metrics.validation());
        add(table, "test", metrics.test());
        return table.lines();
    }

    private static void add(TextTable table, String set, @Nullable Metrics metrics) {
        if (metrics != null) {
            table.row(
                    set,
                    decimal(metrics.accuracy()),
                    decimal(metrics.logLoss()),
                    decimal(metrics.areaUnderROC()),
                    decimal(metrics.areaUnderPR()));
        }
    }

    private static String decimal(@Nullable Double number) {
        return number == null || !Double.isFinite(number) ? "" : String.format(Locale.ROOT, "%.4f", number);
    }

    private static List<String> confusionMatrix(Metrics metrics) {
        List<String> labels =
                metrics.perClass().stream().map(Metrics.PerClass::label).toList();
        List<String> head = new ArrayList<>(labels);
        head.add(0, "");
        TextTable table = new TextTable(head.toArray(String[]::new));
        IntStream.range(0, labels.size()).forEach(actual -> {
            List<String> row = new ArrayList<>();
            row.add(labels.get(actual));
            metrics.confusionMatrix().get(actual).forEach(weight -> row.add(weight(weight)));
            table.row(row.toArray(String[]::new));
        });
        return table.lines();
    }

    private static String weight(double weight) {
        return weight == Math.rint(weight)
                ? String.format(Locale.ROOT, "%.0f", weight)
                : String.format(Locale.ROOT, "%.2f", weight);
    }
}

package org.sparkgrad.job.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.sparkgrad.job.read.ReadReport;

/** Formats the results of reading, for the screen and for the summary. */
public final class ReadText {
    /** The largest number of columns that fits a screen. */
    private static final int MOST_COLUMNS = 10;

    private ReadText() {}

    /** Returns the lines for the screen, the counts first. */
    public static List<String> lines(ReadReport report) {
        List<String> lines = new ArrayList<>();
        lines.add("read %s%s, %s"
                .formatted(
                        count(report.files(), "file"),
                        report.lines() == null ? "" : ", " + count(report.lines(), "line"),
                        count(report.records(), "record")));
        report.missingTexts().entrySet().stream()
                .limit(MOST_COLUMNS)
                .forEach(column -> lines.add(
                        "taken as missing in column %s: %s".formatted(column.getKey(), texts(column.getValue()))));
        int more = report.missingTexts().size() - MOST_COLUMNS;
        if (more > 0) {
            lines.add("cells are taken as missing in %d more columns: summary.json has them all".formatted(more));
        }
        lines.addAll(report.notes());
        return lines;
    }

    /** Returns the results for summary.json. */
    public static TrainingSummary.Read summary(ReadReport report) {
        return new TrainingSummary.Read(
                report.files(),
                report.lines(),
                report.records(),
                report.missingTexts().isEmpty() ? null : report.missingTexts(),
                report.notes().isEmpty() ? null : report.notes());
    }

    private static String texts(Map<String, Long> texts) {
        return texts.entrySet().stream()
                .map(text -> "%s %s"
                        .formatted(text.getKey().isEmpty() ? "empty" : "\"" + text.getKey() + "\"", text.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}

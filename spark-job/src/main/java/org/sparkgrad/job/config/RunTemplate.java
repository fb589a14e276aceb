package org.sparkgrad.job.config;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Replaces placeholders in paths by the run's id and date: {@code {runId}}, {@code {date}}, {@code {date:yyyyMMdd}}.
 */
final class RunTemplate {
    private static final Pattern PLACE = Pattern.compile("\\{(runId|date)(?::([^{}]+))?\\}");
    private static final int ISO_DATE = 10;

    private final String runId;

    RunTemplate(String runId) {
        this.runId = runId;
    }

    /**
     * Returns the text with all placeholders replaced. Other braces, such as those of a glob, stay.
     *
     * @throws IllegalArgumentException for a run id without a date at its start, or for a wrong date pattern
     */
    String fill(String text) {
        return PLACE.matcher(text).replaceAll(place -> java.util.regex.Matcher.quoteReplacement(value(place)));
    }

    private String value(MatchResult place) {
        return place.group(1).equals("runId") ? runId : date(place.group(2));
    }

    private String date(@Nullable String pattern) {
        LocalDate date;
        try {
            date = LocalDate.parse(runId.substring(0, Math.min(ISO_DATE, runId.length())));
        } catch (DateTimeException none) {
            throw new IllegalArgumentException(
                    "has {date}, and the run id %s begins with no date such as 2026-01-31".formatted(runId), none);
        }
        try {
            return pattern == null
                    ? date.toString()
                    : DateTimeFormatter.ofPattern(pattern, Locale.ROOT).format(date);
        } catch (IllegalArgumentException | DateTimeException wrong) {
            throw new IllegalArgumentException(
                    "{date:%s} is no form of a date: %s".formatted(pattern, wrong.getMessage()), wrong);
        }
    }
}

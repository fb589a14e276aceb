package org.sparkgrad.job.report;

import java.util.Locale;

/** Formats progress and durations. */
final class ProgressText {
    /** The suffixes of thousands, millions and so on, after a blank for ones. */
    private static final String UNITS = " kMGT";

    private ProgressText() {}

    /** Returns a step as one line of about 80 characters at most. */
    static String of(ProgressStep step) {
        StringBuilder text = new StringBuilder();
        if (step.epochs() > 0) {
            text.append("epoch %d/%d, ".formatted(step.epoch(), step.epochs()));
        }
        text.append("step %d/%d".formatted(step.step(), step.steps()));
        if (Double.isFinite(step.objective())) {
            text.append(String.format(Locale.ROOT, ", objective %.6g", step.objective()));
        }
        if (Double.isFinite(step.rowsPerSecond())) {
            text.append(", ").append(count(step.rowsPerSecond())).append(" rows/s");
        }
        if (Double.isFinite(step.secondsLeft()) && !step.isLast()) {
            text.append(", ").append(duration(step.secondsLeft())).append(" left");
        }
        return text.toString();
    }

    /** Returns a large number with three digits, such as 1.23M. */
    static String count(double number) {
        int unit = 0;
        double scaled = number;
        while (scaled >= 999.5 && unit < UNITS.length() - 1) {
            scaled /= 1000;
            unit++;
        }
        int decimals = unit == 0 || scaled >= 99.95 ? 0 : scaled >= 9.995 ? 1 : 2;
        return String.format(Locale.ROOT, "%." + decimals + "f", scaled)
                + UNITS.substring(unit, unit + 1).strip();
    }

    /** Returns seconds as 3.4 s, 2 min 05 s or 1 h 02 min. */
    static String duration(double seconds) {
        if (seconds < 59.95) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        long whole = Math.round(seconds);
        return whole < 3600
                ? "%d min %02d s".formatted(whole / 60, whole % 60)
                : "%d h %02d min".formatted(whole / 3600, whole % 3600 / 60);
    }
}

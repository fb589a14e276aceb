package org.sparkgrad.job.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run against the one whose model is promoted; {@code drift.json} in OUTPUT, where there is one.
 *
 * @param promoted the version compared with
 * @param accepted whether the run may take its place
 * @param reasons why not, each a sentence
 * @param warnings what else somebody should look at, each a sentence
 * @param measures what was compared, in the order to be shown
 */
public record Drift(
        String promoted, boolean accepted, List<String> reasons, List<String> warnings, List<Measure> measures) {
    /** The file's name in OUTPUT. */
    public static final String FILE = "drift.json";

    /**
     * One number of both.
     *
     * @param group what it belongs to: metrics, label shares, features
     * @param name of the metric, label or feature
     * @param promoted the promoted run's; null when it has none
     * @param candidate this run's; null when it has none
     * @param change as the limit measures it
     * @param limit the largest change allowed; null is none
     */
    public record Measure(
            String group,
            String name,
            @Nullable Double promoted,
            @Nullable Double candidate,
            @Nullable Double change,
            @Nullable Double limit) {}
}

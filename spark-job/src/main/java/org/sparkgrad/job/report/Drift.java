package org.sparkgrad.job.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The comparison of a run with the run of the promoted model: {@code drift.json} in OUTPUT, if there is one.
 *
 * @param promoted the version of the promoted model
 * @param accepted whether the new model may be promoted
 * @param reasons the reasons for a refusal, one sentence each
 * @param warnings other facts to look at, one sentence each
 * @param measures the compared numbers, in the order of the report
 */
public record Drift(
        String promoted, boolean accepted, List<String> reasons, List<String> warnings, List<Measure> measures) {
    /** The name of the file in OUTPUT. */
    public static final String FILE = "drift.json";

    /**
     * One number of both runs.
     *
     * @param group the group of the number: metrics, label shares, features
     * @param name the name of the metric, label or feature
     * @param promoted the value in the promoted run; null if there is none
     * @param candidate the value in this run; null if there is none
     * @param change the change, in the unit of the limit
     * @param limit the largest allowed change; null for no limit
     */
    public record Measure(
            String group,
            String name,
            @Nullable Double promoted,
            @Nullable Double candidate,
            @Nullable Double change,
            @Nullable Double limit) {}
}

package org.sparkgrad.job.registry;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The rules for removing versions. The promoted version and the version of a rollback always stay.
 *
 * @param count the number of newest versions that stay
 * @param days the largest age of a version; null for no limit
 */
public record Retention(int count, @Nullable Integer days) {
    /** Removes the versions beyond the limits and all unfinished files of runs, and returns the removed versions. */
    public List<Integer> apply(RegisteredModel model) {
        List<ModelVersion> versions = model.versions();
        Set<Integer> served = model.served();
        Instant oldest = days == null ? Instant.MIN : Instant.now().minus(days, ChronoUnit.DAYS);
        List<Integer> removed = IntStream.range(0, versions.size())
                .filter(place -> place < versions.size() - count
                        || Instant.parse(versions.get(place).created()).isBefore(oldest))
                .mapToObj(place -> versions.get(place).version())
                .filter(version -> !served.contains(version))
                .toList();
        model.remove(removed);
        return removed;
    }
}

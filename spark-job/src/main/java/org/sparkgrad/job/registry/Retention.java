package org.sparkgrad.job.registry;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How long versions stay. The promoted one always does, and so does the one that a rollback would go back to.
 *
 * @param count how many versions stay at most, the newest
 * @param days how old a version gets at most; null is any age
 */
public record Retention(int count, @Nullable Integer days) {
    /** Removes the versions beyond the limits, and whatever runs have left unfinished; returns these versions. */
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

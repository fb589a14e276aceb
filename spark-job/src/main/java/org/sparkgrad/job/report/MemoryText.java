package org.sparkgrad.job.report;

import java.util.Locale;
import org.sparkgrad.job.placement.MemoryPlan;

/** Describes a memory plan in text. */
public final class MemoryText {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};
    private static final double KIB = 1024;

    private MemoryText() {}

    /** Returns the note of a run that streams shards. */
    public static String note(MemoryPlan plan) {
        String note = "memory: %s; a step reads the streamed ones again, which takes longer: more memory holds more"
                .formatted(held(plan));
        return plan.tight() ? note + "\n" + tight(plan) : note;
    }

    /** Returns the text about shards that may be too large to create. */
    static String tight(MemoryPlan plan) {
        return "a shard of %s is large for this heap: should memory run out, give more, or a larger --shards or --batch-size"
                .formatted(bytes(plan.shardBytes()));
    }

    /** Returns the text about shards that are held and shards that are streamed. */
    static String held(MemoryPlan plan) {
        if (plan.allResident()) {
            return "%s of blocks, all held by the workers".formatted(bytes(plan.blockBytes()));
        }
        return "%s of blocks; of %d shards %d are held by the workers, %d (%s) streamed from local disk"
                .formatted(
                        bytes(plan.blockBytes()),
                        plan.shards(),
                        plan.shards() - plan.streamed(),
                        plan.streamed(),
                        bytes(plan.streamed() * plan.shardBytes()));
    }

    /** Returns bytes with two or three digits, such as 1.5 GiB. */
    static String bytes(long bytes) {
        int unit = 0;
        double scaled = bytes;
        while (scaled >= KIB && unit < UNITS.length - 1) {
            scaled /= KIB;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 || scaled >= 10 ? "%.0f %s" : "%.1f %s", scaled, UNITS[unit]);
    }
}

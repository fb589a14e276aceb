package org.sparkgrad.job.config;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * When the state of a training is saved, and whether a saved one is gone on from.
 *
 * @param steps after how many steps; null is never by steps
 * @param seconds after how many seconds; 0 is never by time
 * @param resume whether to go on from what an earlier run left
 */
public record CheckpointSettings(@Nullable Integer steps, double seconds, boolean resume) implements Serializable {
    /** Now and then, so that no run loses more; starting anew. */
    public static final CheckpointSettings DEFAULT = new CheckpointSettings(null, 600, false);
}
